// @vitest-environment jsdom
import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Summary } from '../../lib/contracts/summary';
import { origin, refuses, renderInHost, serveApi } from '../testing/render';
import { SummaryPanel } from './SummaryPanel';

const server = serveApi();
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const noon = Date.UTC(2026, 0, 5, 12);

const summary: Summary = {
  namespace: 'fraud',
  time: noon,
  range: 6 * 3_600_000,
  trainingJobs: { state: 'measured', value: 2, health: 'good', word: 'Running', trend: [1, null, 2] },
  gpuUtilization: { state: 'measured', value: 41.4, health: 'warning', word: 'Mostly idle', trend: [90, 41.4] },
  activeNotebooks: { state: 'absent', reason: 'No notebook of this project is running.' },
  failedRuns: { state: 'failed', code: 'ERR_QUERY_002' },
  models: {
    state: 'measured',
    total: 9,
    shown: [
      {
        name: 'bert',
        requestRate: { state: 'measured', value: 48.2, health: 'good', word: 'Serving', trend: [40, 48.2] },
        errorRate: { state: 'measured', value: 0.25, health: 'good', word: 'Healthy', trend: [0, 0.25] },
        latencyP95: { state: 'measured', value: 1234, health: 'critical', word: 'Very slow', trend: [200, 1234] },
      },
    ],
  },
};

/** Answers each call with the next of these, the last one for good; counts the calls. */
function answersSummaries(...answers: Summary[]) {
  const calls: string[] = [];
  server.use(
    http.get(`${origin}/api/summary`, ({ request }) => {
      const answer = answers[Math.min(calls.push(request.url), answers.length) - 1];
      return HttpResponse.json(answer);
    }),
  );
  return calls;
}

const panel = <SummaryPanel namespace="fraud" />;

it('shows each figure with its unit, its health in a word, its trend in words, and the way to its dashboard', async () => {
  const calls = answersSummaries(summary);
  renderInHost(panel);
  const gpus = within(await screen.findByTestId('figure-gpuUtilization'));
  expect(gpus.getByTestId('figure-value').textContent).toBe('41 %');
  expect(gpus.getByTestId('figure-health').textContent).toContain('Mostly idle');
  expect(gpus.getByTestId('figure-health').querySelector('svg')).not.toBeNull();
  expect(gpus.getByRole('img', { name: 'Trend of the last 6 hours: from 90 % to 41 %, lowest 41 %, highest 90 %' })).toBeDefined();
  expect(gpus.getByRole('link').getAttribute('href')).toBe('/observability/gpu?namespace=fraud');
  expect(calls).toEqual([`${origin}/api/summary?namespace=fraud`]);
});

it('shows requests, errors and latency of each model, and leads to the dashboard of just that model', async () => {
  answersSummaries(summary);
  renderInHost(panel);
  const model = within(await screen.findByRole('region', { name: 'bert' }));
  expect(model.getAllByTestId('figure-value').map(({ textContent }) => textContent)).toEqual(['48 req/s', '0.25 %', '1.23 s']);
  expect(model.getByText('Very slow')).toBeDefined();
  expect(model.getByRole('link', { name: 'bert' }).getAttribute('href')).toBe('/observability/serving?namespace=fraud&model=bert');
  expect(screen.getByText(/1 of 9 models/)).toBeDefined();
});

it('says why a figure is not there, and which could not be had, while the others are shown', async () => {
  answersSummaries({ ...summary, models: { state: 'failed', code: 'ERR_DATA_001' } });
  renderInHost(panel);
  const notebooks = await screen.findByTestId('figure-activeNotebooks');
  expect(notebooks.textContent).toContain('Not measured');
  expect(notebooks.textContent).toContain('No notebook of this project is running.');
  expect(within(screen.getByTestId('figure-failedRuns')).getByTestId('figure-failed').dataset['code']).toBe('ERR_QUERY_002');
  expect(within(screen.getByTestId('summary-models')).getByTestId('figure-failed').textContent).toContain('ERR_DATA_001');
  expect(screen.getAllByTestId('figure-value')).toHaveLength(2);
});

it('shows its shape while it loads', () => {
  answersSummaries(summary);
  renderInHost(panel);
  expect(screen.getByTestId('summary-loading').getAttribute('aria-busy')).toBe('true');
});

it('says what failed, and recovers when tried again', async () => {
  const user = userEvent.setup();
  server.use(refuses('/api/summary', 'ERR_QUERY_004'));
  renderInHost(panel);
  expect((await screen.findByTestId('error-state')).dataset['code']).toBe('ERR_QUERY_004');
  answersSummaries(summary);
  await user.click(screen.getByTestId('retry'));
  expect(await screen.findByTestId('figure-trainingJobs')).toBeDefined();
});

it('does not offer another try at a project of others', async () => {
  server.use(refuses('/api/summary', 'ERR_ACCESS_002'));
  renderInHost(panel);
  expect((await screen.findByTestId('error-state')).dataset['code']).toBe('ERR_ACCESS_002');
  expect(screen.queryByTestId('retry')).toBeNull();
});

describe('as time goes by', () => {
  const later = (seconds: number) => act(() => vi.advanceTimersByTimeAsync(seconds * 1000));
  const see = (visibility: DocumentVisibilityState) => {
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(visibility);
    act(() => void document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
  };
  // What the network edge and the test library wait with stays real.
  const begin = () => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'], now: noon });

  it('asks every 30 s while it can be seen, not while it cannot, and at once when it is seen again', async () => {
    begin();
    const calls = answersSummaries(summary, { ...summary, trainingJobs: { state: 'measured', value: 7, health: 'good', word: 'Running', trend: [] } });
    renderInHost(panel);
    await screen.findByText('2');
    await later(30);
    expect(await screen.findByText('7')).toBeDefined();
    expect(calls).toHaveLength(2);
    see('hidden');
    await later(300);
    expect(calls).toHaveLength(2);
    see('visible');
    await vi.waitFor(() => expect(calls).toHaveLength(3));
  });

  it('keeps showing what it had when it cannot be updated, and how old that is', async () => {
    begin();
    answersSummaries(summary);
    renderInHost(panel);
    await screen.findByTestId('figure-trainingJobs');
    server.use(refuses('/api/summary', 'ERR_QUERY_004'));
    await later(30);
    await screen.findByTestId('summary-stale');
    await later(90);
    await vi.waitFor(() => expect(screen.getByTestId('summary-stale').textContent).toContain('These figures are 2 minutes old'));
    expect(screen.getAllByTestId('figure-value').length).toBeGreaterThan(0);
  });

  it('leaves nothing behind when it goes', async () => {
    begin();
    const calls = answersSummaries(summary);
    const { unmount } = renderInHost(panel);
    await screen.findByTestId('figure-trainingJobs');
    unmount();
    await later(120);
    expect(calls).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});
