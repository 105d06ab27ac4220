/** A part of a page's stack that says that part of the platform does not work, with the way to what is known of it; nothing while all is well. */
import { Alert, StackItem } from '@patternfly/react-core';
import { statusPath } from '../../lib/contracts/links';
import { usePlatformStatus } from '../api/ApiProvider';
import { useHost } from '../host/HostProvider';
import { texts } from '../texts';

export function StatusBanner() {
  const { Link } = useHost();
  const { data } = usePlatformStatus();
  if (data?.state !== 'impaired') {
    return null;
  }
  return (
    <StackItem>
      <Alert isInline isLiveRegion variant="warning" component="h2" title={texts.status.states.impaired} data-testid="status-banner" actionLinks={<Link href={statusPath}>{data.findings === undefined ? texts.status.title : texts.status.details}</Link>}>
        {data.sentence}
      </Alert>
    </StackItem>
  );
}
