/** The list of dashboards. */
import type { Metadata } from 'next';
import { texts } from '../../../components/texts';
import { listPath } from '../../../lib/contracts/links';
import { requireVisitor, type SearchParams } from '../../visitor';
import { Catalog } from '../views';

export const metadata: Metadata = { title: texts.common.dashboards };

export default async function CatalogPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  await requireVisitor(listPath, await searchParams);
  return <Catalog />;
}
