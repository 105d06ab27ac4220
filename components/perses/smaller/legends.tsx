/**
 * A chart's legend as a table or a long list, fetched when a chart has one: they bring a table, its paging and virtual
 * scrolling, which the usual short legend below a chart does without. In the place of Perses's own modules.
 */
import { lazy, Suspense, type ComponentProps } from 'react';
import type { ListLegend as PersesListLegend } from '@perses-dev/components/dist/Legend/ListLegend';
import type { TableLegend as PersesTableLegend } from '@perses-dev/components/dist/Legend/TableLegend';

const List = lazy(() => import('@perses-dev/components/dist/Legend/ListLegend').then((module) => ({ default: module.ListLegend })));
const Table = lazy(() => import('@perses-dev/components/dist/Legend/TableLegend').then((module) => ({ default: module.TableLegend })));

export function ListLegend(props: ComponentProps<typeof PersesListLegend>) {
  return (
    <Suspense>
      <List {...props} />
    </Suspense>
  );
}

export function TableLegend(props: ComponentProps<typeof PersesTableLegend>) {
  return (
    <Suspense>
      <Table {...props} />
    </Suspense>
  );
}
