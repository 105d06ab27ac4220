/** What the caller prefers. */
export { answer as GET, answer as PUT } from '../../mount';
