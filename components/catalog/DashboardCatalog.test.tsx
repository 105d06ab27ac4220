// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { answersDashboards, answersMe, origin, refuses, renderInHost, scientist, serveApi, testDashboard } from '../testing/render';
import { DashboardCatalog } from './DashboardCatalog';

const server = serveApi();

const training = testDashboard('training', { category: 'training', audience: 'data-scientist' });
const serving = testDashboard('serving', { category: 'serving' });

it('shows each dashboard under its category with what it answers and for whom it is', async () => {
  server.use(answersMe(scientist), answersDashboards(serving, training));
  renderInHost(<DashboardCatalog />);
  const group = await screen.findByRole('region', { name: 'Model training' });
  const link = within(group).getByRole('link', { name: 'Dashboard training' });
  expect(link.getAttribute('href')).toBe('/observability/dashboards/platform/training');
  expect(within(group).getByText('What training answers')).toBeDefined();
  expect(within(group).getByText('Data scientists')).toBeDefined();
  expect(screen.getAllByTestId('dashboard-category').map((each) => each.getAttribute('aria-label'))).toEqual(['Model training', 'Model serving']);
});

it('narrows the list while one types, says when nothing matches, and takes the search back', async () => {
  const user = userEvent.setup();
  server.use(answersMe(scientist), answersDashboards(serving, training));
  renderInHost(<DashboardCatalog />);
  const search = await screen.findByRole('textbox', { name: 'Search dashboards' });
  await user.type(search, 'serving');
  expect(screen.getAllByTestId('dashboard-card')).toHaveLength(1);
  await user.type(search, ' of tea');
  expect(screen.getByTestId('catalog-no-match').textContent).toContain('“serving of tea”');
  await user.click(screen.getByRole('button', { name: 'Clear the search' }));
  expect(screen.getAllByTestId('dashboard-card')).toHaveLength(2);
});

it('narrows the list to a tag, and shows tags and the last change on each card', async () => {
  const user = userEvent.setup();
  const tagged = testDashboard('gpu', { category: 'training', tags: 'gpu,llm' });
  server.use(answersMe(scientist), answersDashboards({ ...tagged, metadata: { ...tagged.metadata, updatedAt: '2026-03-01T10:00:00Z' } }, training, serving));
  renderInHost(<DashboardCatalog />);
  await user.click(await screen.findByTestId('catalog-tag'));
  await user.click(screen.getByRole('option', { name: 'llm' }));
  const card = screen.getByTestId('dashboard-card');
  expect(card.dataset['dashboard']).toBe('gpu');
  expect(within(within(card).getByRole('list', { name: 'Tags' })).getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual(['gpu', 'llm']);
  expect(within(card).getByTestId('changed').textContent).toMatch(/^Changed .*2026/);
});

it('says what to do when there is no dashboard', async () => {
  server.use(answersMe(scientist), answersDashboards());
  renderInHost(<DashboardCatalog />);
  expect((await screen.findByTestId('catalog-empty')).textContent).toContain('No dashboards yet');
});

it('tells a person without projects what is missing, by its code', async () => {
  server.use(answersMe({ ...scientist, projects: [] }), answersDashboards(training));
  renderInHost(<DashboardCatalog />);
  const state = await screen.findByTestId('error-state');
  expect(state.dataset['code']).toBe('ERR_ACCESS_001');
  expect(state.textContent).toContain('ask the owner of a project to add you');
});

it('shows an administrator the list even while no project has metrics', async () => {
  server.use(answersMe({ ...scientist, administrator: true, projects: [] }), answersDashboards(training));
  renderInHost(<DashboardCatalog />);
  expect(await screen.findAllByTestId('dashboard-card')).toHaveLength(1);
});

it('shows the shape of the list while it loads', async () => {
  server.use(answersMe(scientist), answersDashboards(training));
  renderInHost(<DashboardCatalog />);
  expect(screen.getByTestId('catalog-loading').getAttribute('aria-busy')).toBe('true');
  await screen.findByTestId('dashboard-card');
  expect(screen.queryByTestId('catalog-loading')).toBeNull();
});

it('says what failed, with a request to name, and recovers when tried again', async () => {
  const user = userEvent.setup();
  server.use(answersMe(scientist), refuses('/api/v1/dashboards', 'ERR_QUERY_004'));
  renderInHost(<DashboardCatalog />);
  const state = await screen.findByTestId('error-state');
  expect(state.textContent).toContain('Too many requests');
  expect(state.textContent).toContain('request-1');
  server.use(answersDashboards(training));
  await user.click(screen.getByTestId('retry'));
  expect(await screen.findByTestId('dashboard-card')).toBeDefined();
});

it('treats an answer that is not ours as the service being unavailable', async () => {
  server.use(
    answersMe(scientist),
    http.get(`${origin}/api/v1/dashboards`, () => HttpResponse.json({ message: 'route not found' }, { status: 404 })),
  );
  renderInHost(<DashboardCatalog />);
  expect((await screen.findByTestId('error-state', {}, { timeout: 4000 })).dataset['code']).toBe('ERR_DATA_001');
});

it('begins with what is made for the person, until they choose otherwise', async () => {
  const user = userEvent.setup();
  server.use(answersMe({ ...scientist, role: 'mlops' }), answersDashboards(training, serving));
  renderInHost(<DashboardCatalog />);
  await screen.findAllByTestId('dashboard-card');
  const order = () => screen.getAllByTestId('dashboard-category').map((each) => each.getAttribute('aria-label'));
  expect(order()).toEqual(['Model serving', 'Model training']);
  await user.click(screen.getByTestId('catalog-role'));
  await user.click(screen.getByRole('option', { name: 'Data scientists' }));
  expect(order()).toEqual(['Model training', 'Model serving']);
});

it('keeps favourites in front, over visits', async () => {
  const user = userEvent.setup();
  server.use(answersMe(scientist), answersDashboards(training));
  const { unmount } = renderInHost(<DashboardCatalog />);
  await user.click(await screen.findByRole('button', { name: /^Favourite: / }));
  expect(within(screen.getByTestId('favourites')).getAllByTestId('dashboard-card')).toHaveLength(1);
  unmount();
  renderInHost(<DashboardCatalog />);
  const favourites = await screen.findByTestId('favourites');
  await user.click(within(favourites).getByRole('button', { name: /^Favourite: / }));
  expect(screen.queryByTestId('favourites')).toBeNull();
  expect(screen.getAllByTestId('dashboard-card')).toHaveLength(1);
});
