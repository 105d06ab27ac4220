/** The query path where Perses clients look for it. */
export { answer as DELETE, answer as GET, answer as POST, answer as PUT } from '../../mount';
