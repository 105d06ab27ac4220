/** Our tab of the host's page of model deployments, for all projects or the one in the page's address. */
import { useParams } from 'react-router-dom';
import { RouterHost } from '../host/RouterHost';
import { PlatformDashboard } from './PlatformDashboard';

export default function DeploymentsTab() {
  const { namespace } = useParams();
  return (
    <RouterHost>
      <PlatformDashboard dashboard="model-serving" namespace={namespace} />
    </RouterHost>
  );
}
