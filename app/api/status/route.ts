/** Whether what is behind the app works. */
export { answer as GET } from '../../mount';
