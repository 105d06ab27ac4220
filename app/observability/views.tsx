'use client';
/** The components that pages show, as Next's client modules: components/ itself knows no framework. */
export { DashboardViewer as Viewer } from '../../components/viewer/DashboardViewer';
export { HomePage as Home } from '../../components/pages/HomePage';
export { ErrorHelp } from '../../components/feedback/ErrorHelp';
export { ListPage as Catalog } from '../../components/pages/ListPage';
export { ManagePage as Manage } from '../../components/manage/ManagePage';
export { EditPage as Edit } from '../../components/manage/editor/EditPage';
export { NewPage as New } from '../../components/manage/editor/NewPage';
export { ProjectPage as Project } from '../../components/pages/ProjectPage';
export { ShortcutPage as ShortcutLanding } from '../../components/pages/ShortcutPage';
export { StatusPage as Status } from '../../components/status/StatusPage';
export { UnknownPage as Unknown } from '../../components/pages/UnknownPage';
