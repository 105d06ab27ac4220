/** What dashboards of other products become here. */
export { answer as POST } from '../../../mount';
