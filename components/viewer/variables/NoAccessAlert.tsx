/** Says in plain words that projects were asked for which the caller has no access to, and what to do about it. */
import { Alert } from '@patternfly/react-core';
import { errorCatalogue, helpPath } from '../../../lib/contracts/errors';
import { useHost } from '../../host/HostProvider';

export function NoAccessAlert({ projects }: { readonly projects: readonly string[] }) {
  const { Link } = useHost();
  const [first, ...more] = projects;
  if (first === undefined) {
    return null;
  }
  return (
    <Alert
      isInline
      variant="warning"
      component="h2"
      title={more.length === 0 ? `You do not have access to the project ${first}` : `You do not have access to the projects ${projects.join(', ')}`}
      data-testid="no-access-alert"
      data-code="ERR_ACCESS_002"
    >
      <p>
        Nothing of {more.length === 0 ? 'it' : 'them'} is shown. {errorCatalogue.ERR_ACCESS_002.remedy}{' '}
        <Link href={helpPath('ERR_ACCESS_002')}>About ERR_ACCESS_002</Link>
      </p>
    </Alert>
  );
}
