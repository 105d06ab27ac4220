/** Where a page of the editor is: below the list of dashboards that are managed. */
import { Breadcrumb, BreadcrumbItem, PageBreadcrumb } from '@patternfly/react-core';
import { listPath, managePath } from '../../../lib/contracts/links';
import { useHost } from '../../host/HostProvider';
import { texts } from '../../texts';
import { manageEditor } from '../../texts/manage-editor';

export function ManageTrail({ current }: { readonly current: string }) {
  const { Link } = useHost();
  return (
    <PageBreadcrumb>
      <Breadcrumb>
        <BreadcrumbItem render={({ className }) => <Link href={listPath} className={className}>{texts.common.dashboards}</Link>} />
        <BreadcrumbItem render={({ className }) => <Link href={managePath} className={className}>{manageEditor.manage}</Link>} />
        <BreadcrumbItem isActive>{current}</BreadcrumbItem>
      </Breadcrumb>
    </PageBreadcrumb>
  );
}
