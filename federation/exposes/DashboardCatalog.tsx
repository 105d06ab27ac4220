/** `odhObservability/DashboardCatalog` */
import { deferred } from '../../components/feedback/deferred';

export default deferred(() => import('../modules/Catalog'));
