/** The person's home dashboard, or the list. */
import type { Metadata } from 'next';
import { texts } from '../../components/texts';
import { catalogPath } from '../../lib/contracts/links';
import { requireVisitor, type SearchParams } from '../visitor';
import { Home } from './views';

export const metadata: Metadata = { title: texts.common.dashboards };

export default async function HomePage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  await requireVisitor(catalogPath, await searchParams);
  return <Home />;
}
