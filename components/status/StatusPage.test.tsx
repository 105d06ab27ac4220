// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import type { PlatformStatus } from '../../lib/contracts/status';
import { answersStatus, refuses, renderInHost, serveApi } from '../testing/render';
import { StatusBanner } from './StatusBanner';
import { StatusPage } from './StatusPage';

const server = serveApi();

const impaired: PlatformStatus = { state: 'impaired', sentence: 'It affects: GPU panels.', checked: Date.UTC(2026, 0, 1) };
const seen: PlatformStatus = {
  ...impaired,
  findings: [
    { subject: 'datasource prometheus', state: 'ok', found: 'It answers.' },
    { subject: 'metrics of NVIDIA GPUs', state: 'problem', found: 'The newest is 20 minutes old.', next: 'Look at the targets.', affects: 'GPU panels' },
  ],
};

it('tells an administrator each finding by a word, with what to do next', async () => {
  server.use(answersStatus(seen));
  renderInHost(<StatusPage />);
  const rows = await screen.findAllByTestId('finding');
  expect(rows.map((row) => row.dataset['state'])).toEqual(['ok', 'problem']);
  expect(within(rows[0] as HTMLElement).getByText('Works')).toBeDefined();
  expect(rows[1]?.textContent).toContain('Does not work');
  expect(rows[1]?.textContent).toContain('Next: Look at the targets.');
  expect(screen.getByTestId('platform-status').textContent).toContain('It affects: GPU panels.');
});

it('tells others what it means for them, and who knows more', async () => {
  server.use(answersStatus(impaired));
  renderInHost(<StatusPage />);
  expect((await screen.findByTestId('platform-status')).textContent).toContain('Administrators see the details here.');
  expect(screen.queryByTestId('findings')).toBeNull();
});

it('looks again on demand', async () => {
  server.use(answersStatus(seen));
  renderInHost(<StatusPage />);
  const again = await screen.findByTestId('status-again');
  server.use(answersStatus({ state: 'working', sentence: 'All is well.', checked: 0 }));
  await userEvent.click(again);
  expect(await screen.findByText('Everything works')).toBeDefined();
});

it('says why there is no status', async () => {
  server.use(refuses('/api/status', 'ERR_ACCESS_001'));
  renderInHost(<StatusPage />);
  expect((await screen.findByTestId('error-state')).dataset['code']).toBe('ERR_ACCESS_001');
});

it.each(['working', 'partial'] as const)('no banner is shown while all is %s', async (state) => {
  server.use(answersStatus({ ...impaired, state }));
  renderInHost(<StatusPage />);
  renderInHost(<StatusBanner />);
  await screen.findByTestId('platform-status');
  expect(screen.queryByTestId('status-banner')).toBeNull();
});

it('a banner says what is affected, and leads to the page', async () => {
  server.use(answersStatus(impaired));
  renderInHost(<StatusBanner />);
  const banner = await screen.findByTestId('status-banner');
  expect(banner.textContent).toContain('It affects: GPU panels.');
  expect(within(banner).getByRole('link').getAttribute('href')).toBe('/observability/status');
});
