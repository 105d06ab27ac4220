/** `odhObservability/SummaryPanel` */
import { deferred } from '../../components/feedback/deferred';

export default deferred(() => import('../modules/Summary'));
