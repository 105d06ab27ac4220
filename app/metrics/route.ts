/** The app's own metrics. */
export { answer as GET } from '../mount';
