/** The dashboards that the person may change or arrange. */
import type { Metadata } from 'next';
import { texts } from '../../../components/texts';
import { managePath } from '../../../lib/contracts/links';
import { requireVisitor, type SearchParams } from '../../visitor';
import { Manage } from '../views';

export const metadata: Metadata = { title: texts.manageList.title };

export default async function ManagePage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  await requireVisitor(managePath, await searchParams);
  return <Manage />;
}
