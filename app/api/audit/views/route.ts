/** Dashboards that were opened and left, for the records. */
export { answer as POST } from '../../../mount';
