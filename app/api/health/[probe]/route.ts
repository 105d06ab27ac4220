/** Liveness and readiness. */
export { answer as GET } from '../../../mount';
