/** Dashboards, projects and datasources, as the Perses server's API has them. */
export { answer as DELETE, answer as GET, answer as POST, answer as PUT } from '../../../mount';
