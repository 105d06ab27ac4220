/** The list as a page, which greets on a first visit; as a part of somebody else's page it does not. */
import { DashboardCatalog } from '../catalog/DashboardCatalog';
import { FirstSteps } from '../catalog/FirstSteps';

export function ListPage() {
  return <DashboardCatalog intro={<FirstSteps />} />;
}
