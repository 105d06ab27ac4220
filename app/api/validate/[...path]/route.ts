/** Checks resources without storing them, as the Perses server's API has it. */
export { answer as POST } from '../../../mount';
