/** The person's home dashboard, or the list. */
import type { Metadata } from 'next';
import { catalogPath } from '../../lib/contracts/links';
import { requireVisitor, type SearchParams } from '../visitor';
import { Home } from './views';

export const metadata: Metadata = { title: 'Dashboards' };

export default async function HomePage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  await requireVisitor(catalogPath, await searchParams);
  return <Home />;
}
