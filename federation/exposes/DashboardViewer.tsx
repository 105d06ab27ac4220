/** `odhObservability/DashboardViewer` */
import { deferred } from '../../components/feedback/deferred';

export default deferred(() => import('../modules/Viewer'));
