/** Whether what is behind the app works. */
import type { Metadata } from 'next';
import { texts } from '../../../components/texts';
import { statusPath } from '../../../lib/contracts/links';
import { requireVisitor, type SearchParams } from '../../visitor';
import { Status } from '../views';

export const metadata: Metadata = { title: texts.status.title };

export default async function StatusPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  await requireVisitor(statusPath, await searchParams);
  return <Status />;
}
