/** One project, summed up. */
import type { Metadata } from 'next';
import { projectPath } from '../../../../lib/contracts/links';
import { requireVisitor, type SearchParams } from '../../../visitor';
import { Project } from '../../views';

interface ProjectPageProps {
  readonly params: Promise<{ readonly namespace: string }>;
  readonly searchParams: Promise<SearchParams>;
}

/** Next hands over path segments as they stand in the address. */
async function readNamespace({ params }: ProjectPageProps) {
  return decodeURIComponent((await params).namespace);
}

export async function generateMetadata(props: ProjectPageProps): Promise<Metadata> {
  return { title: await readNamespace(props) };
}

export default async function ProjectPage(props: ProjectPageProps) {
  const namespace = await readNamespace(props);
  await requireVisitor(projectPath(namespace), await props.searchParams);
  return <Project namespace={namespace} />;
}
