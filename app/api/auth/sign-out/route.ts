/** Ends the session here and at the identity provider. */
export { answer as POST } from '../../../mount';
