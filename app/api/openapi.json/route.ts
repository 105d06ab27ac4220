/** The API, described. */
export { answer as GET } from '../../mount';
