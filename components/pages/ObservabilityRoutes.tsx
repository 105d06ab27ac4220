/**
 * Every page of the app below `/observability`, chosen by the host's location: for a host that hands the whole subtree
 * to this app, and has a router of its own.
 */
import { deferred } from '../feedback/deferred';
import { useHost } from '../host/HostProvider';
import type { DashboardViewerProps } from '../viewer/DashboardViewer';
import { readPageAddress } from './page-address';
import { ShortcutPage } from './ShortcutPage';
import { UnknownPage } from './UnknownPage';

// Each page loads when it is opened.
const ListPage = deferred<object>(() => import('./ListPage').then((module) => ({ default: module.ListPage })));
const HomePage = deferred<object>(() => import('./HomePage').then((module) => ({ default: module.HomePage })));
const DashboardViewer = deferred<DashboardViewerProps>(() => import('../viewer/DashboardViewer').then((module) => ({ default: module.DashboardViewer })));
const ProjectPage = deferred<{ readonly namespace: string }>(() => import('./ProjectPage').then((module) => ({ default: module.ProjectPage })));
const ManagePage = deferred<object>(() => import('../manage/ManagePage').then((module) => ({ default: module.ManagePage })));
const NewPage = deferred<object>(() => import('../manage/editor/NewPage').then((module) => ({ default: module.NewPage })));
const EditPage = deferred<object>(() => import('../manage/editor/EditPage').then((module) => ({ default: module.EditPage })));
const StatusPage = deferred<object>(() => import('../status/StatusPage').then((module) => ({ default: module.StatusPage })));
const ErrorHelp = deferred<object>(() => import('../feedback/ErrorHelp').then((module) => ({ default: module.ErrorHelp })));

export function ObservabilityRoutes() {
  const { location } = useHost();
  const address = readPageAddress(location.pathname);
  switch (address.page) {
    case 'home':
      return <HomePage />;
    case 'catalog':
      return <ListPage />;
    case 'help':
      return <ErrorHelp />;
    case 'status':
      return <StatusPage />;
    case 'manage':
      return <ManagePage />;
    case 'new':
      return <NewPage />;
    case 'edit':
      return <EditPage />;
    case 'dashboard':
      return <DashboardViewer project={address.project} dashboard={address.name} syncToUrl />;
    case 'project':
      return <ProjectPage namespace={address.namespace} />;
    case 'shortcut':
      return <ShortcutPage shortcut={address.shortcut} />;
    case 'unknown':
      return <UnknownPage />;
  }
}
