// @vitest-environment jsdom
import { fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { http, HttpResponse } from 'msw';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answersMe, origin, refuses, renderInHost, scientist, serveApi, testDashboard } from '../testing/render';
import { DashboardViewer } from './DashboardViewer';
import { writeViewState } from './url-state';
import type { ViewerContentProps } from './ViewerContent';

// Perses draws on a canvas, which jsdom has not; the panels themselves are tested in the browser.
vi.mock('./ViewerContent', () => ({
  default: ({ dashboard, view: { state, change } }: ViewerContentProps) => (
    <button data-state={writeViewState('', state)} data-duration={dashboard.spec.duration} onClick={() => change({ refreshInterval: '30s' })}>
      panels
    </button>
  ),
}));

const server = serveApi();

const path = '/api/v1/projects/platform/dashboards/training';
const viewer = <DashboardViewer project="platform" dashboard="training" />;
const answersDashboard = (body: unknown) => http.get(`${origin}${path}`, () => HttpResponse.json(body as Record<string, unknown>));

it('names the dashboard and what it answers, and leads back to the list', async () => {
  server.use(answersMe(scientist), answersDashboard(testDashboard('training')));
  renderInHost(viewer);
  expect((await screen.findByRole('heading', { level: 1 })).textContent).toBe('Dashboard training');
  expect(screen.getByText('What training answers')).toBeDefined();
  expect(await screen.findByText('panels')).toBeDefined();
  expect(screen.getByRole('link', { name: 'Dashboards' }).getAttribute('href')).toBe('/observability/dashboards');
});

it('says that there is no such dashboard and offers the list instead of another try', async () => {
  server.use(answersMe(scientist), refuses(path, 'ERR_DASH_001'));
  renderInHost(viewer);
  const state = await screen.findByTestId('error-state');
  expect(state.dataset['code']).toBe('ERR_DASH_001');
  expect(screen.getByRole('link', { name: 'Go to the list of dashboards' }).getAttribute('href')).toBe('/observability/dashboards');
  expect(screen.queryByTestId('retry')).toBeNull();
});

it('does not try to show a dashboard whose definition it cannot read', async () => {
  server.use(answersMe(scientist), answersDashboard({ kind: 'Dashboard', metadata: {}, spec: {} }));
  renderInHost(viewer);
  expect((await screen.findByTestId('error-state')).dataset['code']).toBe('ERR_DASH_002');
});

it('shows no empty panels to a person without projects, but why', async () => {
  server.use(answersMe({ ...scientist, projects: [] }), answersDashboard(testDashboard('training')));
  renderInHost(viewer);
  expect((await screen.findByTestId('error-state')).dataset['code']).toBe('ERR_ACCESS_001');
  expect(screen.queryByText('panels')).toBeNull();
});

it('shows the shape of a dashboard while it loads', () => {
  server.use(answersMe(scientist), answersDashboard(testDashboard('training')));
  renderInHost(viewer);
  expect(screen.getByTestId('viewer-loading').getAttribute('aria-busy')).toBe('true');
});

it.each(['compact', 'none'] as const)('with chrome "%s" leaves title and way back to the page around it', async (chrome) => {
  server.use(answersMe(scientist), answersDashboard(testDashboard('training')));
  const { titles } = renderInHost(<DashboardViewer project="platform" dashboard="training" chrome={chrome} variables={{ job: ['a', 'b'] }} timeRange={{ start: '6h' }} />);
  expect((await screen.findByText('panels')).dataset['state']).toBe('?start=6h&var-job=a&var-job=b');
  expect(screen.queryByRole('heading')).toBeNull();
  expect(screen.queryByRole('navigation')).toBeNull();
  expect(titles).toEqual([]);
});

it('names the browser’s tab where it is the page', async () => {
  server.use(answersMe(scientist), answersDashboard(testDashboard('training')));
  const { titles } = renderInHost(viewer);
  await screen.findByText('panels');
  expect(titles).toEqual(['Dashboard training']);
});

describe('a dashboard that is changed while it is looked at', () => {
  // The clock of the looks only: everything else goes on by itself.
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
  afterEach(() => void vi.useRealTimers());
  const nextLook = () => vi.advanceTimersByTime(5_000);
  const { spec, ...rest } = testDashboard('training');
  const inVersion = (version: number, duration: string) => ({ ...rest, metadata: { ...rest.metadata, version }, spec: { ...spec, duration } });

  it('is shown with its new definition, and the view stays as it was', async () => {
    server.use(answersMe(scientist), answersDashboard(inVersion(1, '1h')));
    renderInHost(viewer);
    fireEvent.click(await screen.findByText('panels'));
    expect(screen.getByText('panels').dataset['state']).toBe('?refresh=30s');
    server.use(answersDashboard(inVersion(2, '6h')));
    nextLook();
    await vi.waitFor(() => expect(screen.getByText('panels').dataset).toMatchObject({ duration: '6h', state: '?refresh=30s' }));
  });

  it('in its version only keeps the panels that are drawn', async () => {
    server.use(answersMe(scientist), answersDashboard(inVersion(1, '1h')));
    renderInHost(viewer);
    const panels = await screen.findByText('panels');
    const asked = vi.fn();
    server.use(http.get(`${origin}${path}`, () => (asked(), HttpResponse.json(inVersion(2, '1h') as Record<string, unknown>))));
    nextLook();
    await vi.waitFor(() => expect(asked).toHaveBeenCalled());
    await vi.waitFor(() => expect(screen.getByText('panels')).toBe(panels));
  });

  it('is asked for with the version that is known, and the answer “the same” changes nothing', async () => {
    const known: (string | null)[] = [];
    server.use(
      answersMe(scientist),
      http.get(`${origin}${path}`, ({ request }) => {
        known.push(request.headers.get('if-none-match'));
        return known.length === 1 ? HttpResponse.json(inVersion(1, '1h') as Record<string, unknown>, { headers: { etag: '"one"' } }) : new HttpResponse(null, { status: 304 });
      }),
    );
    renderInHost(viewer);
    const panels = await screen.findByText('panels');
    nextLook();
    await vi.waitFor(() => expect(known).toEqual([null, '"one"']));
    nextLook();
    await vi.waitFor(() => expect(known).toHaveLength(3));
    expect(screen.getByText('panels')).toBe(panels);
  });

  it('stays while the API is away, and goes when it was removed', async () => {
    server.use(answersMe(scientist), answersDashboard(inVersion(1, '1h')));
    renderInHost(viewer);
    await screen.findByText('panels');
    const asked = vi.fn();
    server.use(http.get(`${origin}${path}`, () => (asked(), new HttpResponse(null, { status: 500 }))));
    nextLook();
    await vi.waitFor(() => expect(asked).toHaveBeenCalled(), 10_000);
    expect(screen.getByText('panels')).toBeDefined();
    server.use(refuses(path, 'ERR_DASH_001'));
    await vi.waitFor(() => {
      nextLook();
      expect(screen.getByTestId('error-state').dataset['code']).toBe('ERR_DASH_001');
    }, 10_000);
  });
});

it('another dashboard in the same place is shown from its own beginning', async () => {
  const other = '/api/v1/projects/platform/dashboards/serving';
  server.use(answersMe(scientist), answersDashboard(testDashboard('training')), http.get(`${origin}${other}`, () => HttpResponse.json(testDashboard('serving') as never)));
  renderInHost(<Switching />);
  fireEvent.click(await screen.findByText('panels'));
  expect(screen.getByText('panels').dataset['state']).toBe('?refresh=30s');
  fireEvent.click(screen.getByText('switch'));
  await screen.findByText('Dashboard serving', { selector: 'h1' });
  expect((await screen.findByText('panels')).dataset['state']).toBe('');
});

function Switching() {
  const [name, setName] = useState('training');
  return (
    <>
      <button onClick={() => setName('serving')}>switch</button>
      <DashboardViewer project="platform" dashboard={name} />
    </>
  );
}
