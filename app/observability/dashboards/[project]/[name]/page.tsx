/** One dashboard. */
import type { Metadata } from 'next';
import { dashboardPath } from '../../../../../lib/contracts/links';
import { requireVisitor, type SearchParams } from '../../../../visitor';
import { Viewer } from '../../../views';

interface DashboardPageProps {
  readonly params: Promise<{ readonly project: string; readonly name: string }>;
  readonly searchParams: Promise<SearchParams>;
}

/** Next hands over path segments as they stand in the address. */
async function readParams({ params }: DashboardPageProps) {
  const { project, name } = await params;
  return { project: decodeURIComponent(project), name: decodeURIComponent(name) };
}

export async function generateMetadata(props: DashboardPageProps): Promise<Metadata> {
  return { title: (await readParams(props)).name };
}

export default async function DashboardPage(props: DashboardPageProps) {
  const { project, name } = await readParams(props);
  await requireVisitor(dashboardPath(project, name), await props.searchParams);
  return <Viewer project={project} dashboard={name} syncToUrl />;
}
