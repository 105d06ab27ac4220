/** The last warnings and errors of this replica. */
export { answer as GET } from '../../mount';
