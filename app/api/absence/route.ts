/** Why a query was answered with nothing. */
export { answer as GET } from '../../mount';
