/** The list of dashboards as a part of a host's page. */
import { DashboardCatalog } from '../../components/catalog/DashboardCatalog';
import { RouterHost, type EmbeddingProps } from '../host/RouterHost';

export default function Catalog(props: EmbeddingProps) {
  return (
    <RouterHost {...props}>
      <DashboardCatalog />
    </RouterHost>
  );
}
