/** Where a page is: below the list of dashboards, or below another page that is. */
import { Breadcrumb, BreadcrumbItem, PageBreadcrumb } from '@patternfly/react-core';
import { listPath } from '../../lib/contracts/links';
import { useHost } from '../host/HostProvider';
import { texts } from '../texts';

export interface DashboardsTrailProps {
  readonly current: string;
  /** The page between. */
  readonly parent?: { readonly href: string; readonly title: string };
}

export function DashboardsTrail({ current, parent }: DashboardsTrailProps) {
  const { Link } = useHost();
  const above = [{ href: listPath, title: texts.common.dashboards }, ...(parent === undefined ? [] : [parent])];
  return (
    <PageBreadcrumb>
      <Breadcrumb>
        {above.map(({ href, title }) => (
          <BreadcrumbItem key={href} render={({ className }) => <Link href={href} className={className}>{title}</Link>} />
        ))}
        <BreadcrumbItem isActive>{current}</BreadcrumbItem>
      </Breadcrumb>
    </PageBreadcrumb>
  );
}
