/** A link of a panel to where its reader goes next. */
import ArrowRightIcon from '@patternfly/react-icons/dist/esm/icons/arrow-right-icon';
import type { Link as PanelLinkDefinition } from '@perses-dev/core';
import { useReplaceVariablesInString } from '@perses-dev/plugin-system';
import { Button } from '@patternfly/react-core';
import { isPageAddress } from '../../../lib/contracts/links';
import { useHost } from '../../host/HostProvider';

export function PanelLink({ link }: { readonly link: PanelLinkDefinition }) {
  const { Link } = useHost();
  const url = useReplaceVariablesInString(link.url) ?? link.url;
  const name = useReplaceVariablesInString(link.name) ?? url;
  // With the values of variables, which are anybody's, an address may have become another than its author's.
  if (!isPageAddress(url)) return null;
  // Styled as the button beside it, followed by the host's router.
  return (
    <Button
      variant="plain"
      size="sm"
      component={({ className }: { className?: string }) => (
        <Link href={url} className={className}>
          <ArrowRightIcon aria-hidden />
          <span className="pf-v6-screen-reader">{name}</span>
        </Link>
      )}
    />
  );
}
