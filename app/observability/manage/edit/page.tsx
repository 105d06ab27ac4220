/** One dashboard in the editor. */
import type { Metadata } from 'next';
import { manageEditor } from '../../../../components/texts/manage-editor';
import { managePath } from '../../../../lib/contracts/links';
import { requireVisitor, type SearchParams } from '../../../visitor';
import { Edit } from '../../views';

export const metadata: Metadata = { title: manageEditor.titleEditAny };

export default async function EditDashboardPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  await requireVisitor(`${managePath}/edit`, await searchParams);
  return <Edit />;
}
