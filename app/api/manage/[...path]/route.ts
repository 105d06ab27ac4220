/** Managing dashboards. */
export { answer as GET, answer as POST, answer as PUT } from '../../../mount';
