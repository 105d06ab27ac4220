/** The way to the management pages, for those who may change the dashboards of a project; nothing for everyone else. */
import { managePath } from '../../lib/contracts/links';
import { useHost } from '../host/HostProvider';
import { texts } from '../texts';
import { useManagedProjects } from './use-management';

const words = texts.manageList;

export function ManageLink() {
  const { Link } = useHost();
  const { data } = useManagedProjects();
  return data === undefined || data.projects.length === 0 ? null : (
    <>
      {' · '}
      <Link href={managePath}>{words.link}</Link>
    </>
  );
}
