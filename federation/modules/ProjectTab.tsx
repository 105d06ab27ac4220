/** Our tab of the host's project page. */
import { useParams } from 'react-router-dom';
import { RouterHost } from '../host/RouterHost';
import { PlatformDashboard } from './PlatformDashboard';

export default function ProjectTab() {
  const { namespace } = useParams();
  return (
    <RouterHost>
      <PlatformDashboard dashboard="project-usage" namespace={namespace} />
    </RouterHost>
  );
}
