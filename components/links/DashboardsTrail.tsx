/** Where a page is: below the list of dashboards. */
import { Breadcrumb, BreadcrumbItem, PageBreadcrumb } from '@patternfly/react-core';
import { listPath } from '../../lib/contracts/links';
import { useHost } from '../host/HostProvider';
import { texts } from '../texts';

export function DashboardsTrail({ current }: { readonly current: string }) {
  const { Link } = useHost();
  return (
    <PageBreadcrumb>
      <Breadcrumb>
        <BreadcrumbItem render={({ className }) => <Link href={listPath} className={className}>{texts.common.dashboards}</Link>} />
        <BreadcrumbItem isActive>{current}</BreadcrumbItem>
      </Breadcrumb>
    </PageBreadcrumb>
  );
}
