// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it, vi } from 'vitest';
import { answersMe, origin, refuses, renderInHost, scientist, serveApi, testDashboard } from '../testing/render';
import { DashboardViewer } from './DashboardViewer';
import type { ViewerContentProps } from './ViewerContent';

// Perses draws on a canvas, which jsdom has not; the panels themselves are tested in the browser.
vi.mock('./ViewerContent', () => ({ default: ({ viewState: { initial } }: ViewerContentProps) => <p data-initial={initial}>panels</p> }));

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
  expect(screen.getByRole('link', { name: 'Dashboards' }).getAttribute('href')).toBe('/observability');
});

it('says that there is no such dashboard and offers the list instead of another try', async () => {
  server.use(answersMe(scientist), refuses(path, 'ERR_DASH_001'));
  renderInHost(viewer);
  const state = await screen.findByTestId('error-state');
  expect(state.dataset['code']).toBe('ERR_DASH_001');
  expect(screen.getByRole('link', { name: 'Go to the list of dashboards' }).getAttribute('href')).toBe('/observability');
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
  expect((await screen.findByText('panels')).dataset['initial']).toBe('?start=6h&var-job=a&var-job=b');
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
