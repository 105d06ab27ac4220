/** A new dashboard. */
import type { Metadata } from 'next';
import { manageEditor } from '../../../../components/texts/manage-editor';
import { newDashboardPath } from '../../../../lib/contracts/links';
import { requireVisitor, type SearchParams } from '../../../visitor';
import { New } from '../../views';

export const metadata: Metadata = { title: manageEditor.titleNew };

export default async function NewDashboardPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  await requireVisitor(newDashboardPath(), await searchParams);
  return <New />;
}
