// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { expect, it, vi } from 'vitest';
import { ViewMetricsLink } from '../links/ViewMetricsLink';
import { answersDashboards, answersMe, origin, refuses, renderInHost, scientist, serveApi, testDashboard } from '../testing/render';
import { ObservabilityRoutes } from './ObservabilityRoutes';

// Perses draws on a canvas, which jsdom has not; the panels themselves are tested in the browser.
vi.mock('../viewer/ViewerContent', () => ({ default: () => <p>panels</p> }));

const server = serveApi();

const answersServing = () =>
  http.get(`${origin}/api/v1/projects/platform/dashboards/model-serving`, () => HttpResponse.json(testDashboard('model-serving')));

it('greets on the first visit only, step by step, and never again', async () => {
  const user = userEvent.setup();
  server.use(answersMe({ ...scientist, sample: '/observability/project' }), answersDashboards(testDashboard('training')));
  const { unmount } = renderInHost(<ObservabilityRoutes />, '/observability/dashboards');
  const steps = await screen.findByTestId('first-steps');
  expect(steps.textContent).toContain('Step 1 of 3');
  expect(screen.getByRole('link', { name: 'Look at sample data' }).getAttribute('href')).toBe('/observability/project');
  await user.click(screen.getByRole('button', { name: 'Next' }));
  await user.click(screen.getByRole('button', { name: 'Next' }));
  expect(steps.textContent).toContain('Step 3 of 3');
  await user.keyboard('{Escape}');
  expect(screen.queryByTestId('first-steps')).toBeNull();
  unmount();
  renderInHost(<ObservabilityRoutes />, '/observability/dashboards');
  await screen.findByTestId('dashboard-card');
  expect(screen.queryByTestId('first-steps')).toBeNull();
});

it('opens the list', async () => {
  server.use(answersMe(scientist), answersDashboards(testDashboard('training')));
  const { titles } = renderInHost(<ObservabilityRoutes />, '/observability');
  expect(await screen.findByTestId('dashboard-card')).toBeDefined();
  expect(titles).toEqual(['Dashboards']);
});

const ofPlatform = (name: string): string => `/observability/dashboards/platform/${name}`;

it('begins with the dashboard of the person’s group, and the list is always one step away', async () => {
  server.use(answersMe({ ...scientist, home: 'platform/training' }), answersDashboards(testDashboard('training')));
  const { visited, unmount } = renderInHost(<ObservabilityRoutes />, '/observability');
  await waitFor(() => expect(visited).toEqual([`replace ${ofPlatform('training')}`]));
  unmount();
  renderInHost(<ObservabilityRoutes />, '/observability/dashboards');
  expect(await screen.findByTestId('dashboard-card')).toBeDefined();
});

it('begins with the list when the home is gone or no longer shared', async () => {
  server.use(answersMe({ ...scientist, home: 'platform/removed' }), answersDashboards(testDashboard('training')));
  const { visited } = renderInHost(<ObservabilityRoutes />, '/observability');
  expect(await screen.findByTestId('dashboard-card')).toBeDefined();
  expect(visited).toEqual([]);
});

it('begins with the home that a person chose, not with that of the group, and stays in the list while they choose', async () => {
  const user = userEvent.setup();
  server.use(answersMe({ ...scientist, home: 'platform/training' }), answersDashboards(testDashboard('training'), testDashboard('serving')));
  const list = renderInHost(<ObservabilityRoutes />, '/observability/dashboards');
  await user.click(await screen.findByRole('button', { name: 'Set as home: Dashboard serving' }));
  expect(screen.getByRole('button', { name: 'Remove as home: Dashboard serving' })).toBeDefined();
  list.unmount();
  const chosen = renderInHost(<ObservabilityRoutes />, '/observability');
  await waitFor(() => expect(chosen.visited).toEqual([`replace ${ofPlatform('serving')}`]));
  chosen.unmount();

  // The list instead of the group's.
  const again = renderInHost(<ObservabilityRoutes />, '/observability/dashboards');
  await user.click(await screen.findByRole('button', { name: 'Remove as home: Dashboard serving' }));
  again.unmount();
  const { visited } = renderInHost(<ObservabilityRoutes />, '/observability');
  await user.click(await screen.findByRole('button', { name: 'Set as home: Dashboard training' }));
  expect(screen.getAllByTestId('dashboard-card')).toHaveLength(2);
  expect(visited).toEqual([]);
});

it('opens the explanation of the codes', async () => {
  renderInHost(<ObservabilityRoutes />, '/observability/help');
  expect((await screen.findAllByTestId('help-entry')).length).toBeGreaterThan(10);
});

it('leads eyes and keyboard to the code that the address names, though the page is drawn after the address was read', async () => {
  const shown: string[] = [];
  // jsdom lays nothing out and has no scrolling.
  Element.prototype.scrollIntoView = function (this: Element) {
    shown.push(this.id);
  };
  renderInHost(<ObservabilityRoutes />, '/observability/help#ERR_QUERY_003');
  await waitFor(() => expect(document.activeElement?.id).toBe('ERR_QUERY_003'));
  expect(shown).toEqual(['ERR_QUERY_003']);
});

it('leads a short address to its dashboard in the platform project, with its variables and nothing else', async () => {
  server.use(answersMe(scientist), answersServing());
  const { visited } = renderInHost(<ObservabilityRoutes />, '/observability/serving?namespace=fraud&model=bert&theme=dark&start=6h');
  expect(await screen.findByText('panels')).toBeDefined();
  expect(visited).toEqual(['replace /observability/dashboards/platform/model-serving?var-namespace=fraud&var-model=bert&start=6h']);
});

it('says that a short address is none, and offers the list', () => {
  renderInHost(<ObservabilityRoutes />, '/observability/kitchen');
  expect(screen.getByTestId('unknown-page').textContent).toContain('“kitchen”');
  expect(screen.getByRole('link', { name: 'Go to the list of dashboards' }).getAttribute('href')).toBe('/observability/dashboards');
});

it('says when it cannot find out where a short address leads, and goes there when tried again', async () => {
  const user = userEvent.setup();
  server.use(refuses('/api/me', 'ERR_QUERY_004'), answersServing());
  const { visited } = renderInHost(<ObservabilityRoutes />, '/observability/serving');
  await screen.findByTestId('error-state');
  expect(visited).toEqual([]);
  server.use(answersMe(scientist));
  await user.click(screen.getByTestId('retry'));
  expect(await screen.findByText('panels')).toBeDefined();
});

it('says so when the dashboard of a short address is not there', async () => {
  server.use(answersMe(scientist), refuses('/api/v1/projects/platform/dashboards/model-serving', 'ERR_DASH_001'));
  renderInHost(<ObservabilityRoutes />, '/observability/serving');
  expect((await screen.findByTestId('error-state')).dataset['code']).toBe('ERR_DASH_001');
});

it('gives any page a link that says whose metrics it leads to', () => {
  renderInHost(<ViewMetricsLink kind="model" namespace="fraud" name="bert" start="6h" />, '/modelServing');
  expect(screen.getByRole('link', { name: 'View metrics of model bert' }).getAttribute('href')).toBe(
    '/observability/serving?namespace=fraud&model=bert&start=6h',
  );
});
