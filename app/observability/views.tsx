'use client';
/** The components that pages show, as Next's client modules: components/ itself knows no framework. */
export { DashboardCatalog as Catalog } from '../../components/catalog/DashboardCatalog';
export { DashboardViewer as Viewer } from '../../components/viewer/DashboardViewer';
export { ErrorHelp } from '../../components/feedback/ErrorHelp';
export { ProjectPage as Project } from '../../components/pages/ProjectPage';
export { ShortcutPage as ShortcutLanding } from '../../components/pages/ShortcutPage';
export { StatusPage as Status } from '../../components/status/StatusPage';
export { UnknownPage as Unknown } from '../../components/pages/UnknownPage';
