/** What the panels of a dashboard show, as somebody sees it who looks at the page. */
import type { Page } from '@playwright/test';
import type { Dashboard } from '../../lib/contracts/dashboard';
import { arePainted } from './painted';

/** Height in pixels at which every row is in view at once: panels are made only when they come near. */
export function fullHeight({ spec }: Dashboard): number {
  const header = 340;
  const rowTitle = 80;
  const cell = 40;
  return spec.layouts.reduce((height, { spec: { items } }) => height + rowTitle + cell * Math.max(0, ...items.map((item) => item.y + item.height)), header);
}

export interface PanelState {
  readonly title: string;
  readonly state: 'drawn' | 'empty' | 'blank' | 'failed' | 'waiting';
}

/**
 * What each panel shows: something drawn or written, that there is nothing and why, nothing without a reason, or that a
 * query failed.
 */
export async function statesOf(page: Page): Promise<PanelState[]> {
  const all = page.getByTestId('dashboard-panels').getByTestId('panel');
  return all.evaluateAll((panels, painted) =>
    panels.map((panel, index): PanelState => {
      const header = panel.querySelector('header');
      const title = header?.querySelector('h2, h3, h4')?.textContent ?? '';
      const body = panel.textContent.replace(header?.textContent ?? '', '').trim();
      if (panel.querySelector('[data-testid="panel-error"]') !== null) return { title, state: 'failed' };
      if (panel.querySelector('[data-testid="panel-loading"]') !== null) return { title, state: 'waiting' };
      const notice = panel.querySelector('[data-testid="panel-no-data"]');
      if (notice !== null) return { title, state: notice.hasAttribute('data-reason') ? 'empty' : 'waiting' };
      // A table that has nothing to show has its head only.
      if (/No data/i.test(body) || panel.querySelector('table')?.querySelector('tbody td') === null) return { title, state: 'blank' };
      const isWritten = panel.querySelector('canvas') === null && body !== '';
      return { title, state: painted[index] === true || isWritten ? 'drawn' : 'waiting' };
    }),
    await all.evaluateAll(arePainted),
  );
}
