/** Says in plain words that projects were asked for which the caller has no access to, and what to do about it. */
import { Alert } from '@patternfly/react-core';
import { errorCatalogue, helpPath } from '../../../lib/contracts/errors';
import { useHost } from '../../host/HostProvider';
import { texts } from '../../texts';

export function NoAccessAlert({ projects }: { readonly projects: readonly string[] }) {
  const { Link } = useHost();
  if (projects.length === 0) {
    return null;
  }
  return (
    <Alert
      isInline
      role="alert"
      variant="warning"
      component="h2"
      title={texts.viewer.noAccess.title(projects)}
      data-testid="no-access-alert"
      data-code="ERR_ACCESS_002"
    >
      <p>
        {texts.viewer.noAccess.text(projects.length)} {errorCatalogue.ERR_ACCESS_002.remedy}{' '}
        <Link href={helpPath('ERR_ACCESS_002')}>{texts.common.about('ERR_ACCESS_002')}</Link>
      </p>
    </Alert>
  );
}
