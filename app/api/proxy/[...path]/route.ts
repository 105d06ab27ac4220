/** The query path. */
export { answer as DELETE, answer as GET, answer as POST, answer as PUT } from '../../../mount';
