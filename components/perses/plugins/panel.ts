/**
 * A panel plugin out of Perses's component alone. Perses's own plugin objects also bring the editors of a panel's
 * options, larger than the panel and of no use to those who read a dashboard.
 */
import type { ComponentType } from 'react';
import type { PanelPlugin } from '@perses-dev/plugin-system';

/** What a panel has for readers besides its component: how its queries run. */
interface Reading {
  readonly queryOptions?: unknown;
}

export function panel<Props>(PanelComponent: ComponentType<Props>, reading: Reading = {}) {
  const queries: NonNullable<PanelPlugin['supportedQueryTypes']> = ['TimeSeriesQuery'];
  return { PanelComponent, supportedQueryTypes: queries, createInitialOptions: () => ({}), ...reading };
}
