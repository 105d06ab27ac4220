/** Who the caller is. */
export { answer as GET } from '../../mount';
