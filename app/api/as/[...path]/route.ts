/** What the viewer asks, as members of some projects would be answered. */
export { answer as GET, answer as POST } from '../../../mount';
