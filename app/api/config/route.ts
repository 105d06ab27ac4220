/** What a Perses client has to know before it signs in. */
export { answer as GET } from '../../mount';
