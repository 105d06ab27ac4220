/** A project summed up. */
export { answer as GET } from '../../mount';
