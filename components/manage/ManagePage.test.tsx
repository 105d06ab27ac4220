// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { answersDashboards, answersManagedProjects, answersMe, refuses, renderInHost, scientist, serveApi, testDashboard } from '../testing/render';
import { DashboardCatalog } from '../catalog/DashboardCatalog';
import { ManagePage } from './ManagePage';
import { answersManagement, brokenFile, managedDashboard, management } from './testing';

const server = serveApi();

const rows = () => screen.getAllByTestId('manage-row');
const titles = () => rows().map((row) => within(row).getByRole('rowheader').textContent);

it('has each dashboard with where it comes from, for whom it is, what state it is in and who changed it last', async () => {
  server.use(
    answersManagement(() =>
      management([
        managedDashboard('own', { changedAt: '2026-01-02T03:04:05.000Z', changedBy: 'Lee Lead', audience: ['mlops'] }),
        managedDashboard('cost', { project: 'opendatahub', source: 'built-in', fixedBy: 'product', state: 'disabled', disabledBy: 'configuration' }),
        managedDashboard('synced', { source: 'kubernetes', fixedBy: 'git', appliedBy: 'Argo CD' }),
      ]),
    ),
  );
  const { titles: pageTitles } = renderInHost(<ManagePage />, '/observability/manage');
  await screen.findByTestId('manage-table');
  expect(pageTitles).toEqual(['Manage dashboards']);
  expect(rows().map((row) => row.textContent)).toEqual([
    expect.stringMatching(/^Dashboard costcostopendatahubBuilt-inEveryoneDisabledby the configurationwith the product/),
    expect.stringMatching(/^Dashboard ownownfraudMade in the appMLOps engineersEnabled.*2026by Lee Lead/),
    expect.stringMatching(/^Dashboard syncedsyncedfraudKubernetesGit, by Argo CDEveryoneEnabledby Argo CD/),
  ]);
  expect(screen.getByRole('link', { name: 'Create dashboard' }).getAttribute('href')).toBe('/observability/manage/new');
});

it('shows a dashboard that is broken in its source with place, line, reason and what to do, and everything else beside it', async () => {
  server.use(answersManagement(() => management([managedDashboard('own')], { problems: [brokenFile, { source: 'kubernetes', place: '', path: '', reason: 'Changes are not seen: it answered 503', ofSource: true }] })));
  renderInHost(<ManagePage />);
  await screen.findByTestId('manage-table');
  expect(rows().map((row) => row.dataset['state'])).toEqual(['broken', 'enabled']);
  const details = screen.getByTestId('row-details');
  expect(details.textContent).toContain('line 12, spec.config.duration: expected a text');
  expect(details.textContent).toContain('/mounted/latency.yaml');
  expect(details.textContent).toContain('What to do');
  expect(screen.getByTestId('source-problems').textContent).toContain('Kubernetes: Changes are not seen: it answered 503');
});

it('is narrowed by words, project, source and state, says how many are left, and is sorted by its columns', async () => {
  const user = userEvent.setup();
  server.use(answersManagement(() => management([managedDashboard('b'), managedDashboard('a', { project: 'vision', source: 'built-in', fixedBy: 'product' }), managedDashboard('c', { state: 'disabled', disabledBy: 'source' })])));
  renderInHost(<ManagePage />);
  await screen.findByTestId('manage-table');
  const pick = async (filter: string, choice: string) => {
    await user.click(screen.getByTestId(`manage-${filter}`));
    await user.click(screen.getByRole('option', { name: choice }));
  };
  await user.click(screen.getByTestId('sort-state'));
  expect(titles()).toEqual(['Dashboard cc', 'Dashboard aa', 'Dashboard bb']);
  await user.click(screen.getByTestId('sort-name'));
  expect(screen.getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort')).toBe('ascending');
  expect(titles()).toEqual(['Dashboard aa', 'Dashboard bb', 'Dashboard cc']);
  await user.click(screen.getByTestId('sort-name'));
  expect(titles()).toEqual(['Dashboard cc', 'Dashboard bb', 'Dashboard aa']);
  await pick('state', 'Disabled');
  expect(titles()).toEqual(['Dashboard cc']);
  expect(screen.getByTestId('manage-count').textContent).toBe('1 of 3 dashboards');
  await pick('source', 'Built-in');
  await user.click(within(screen.getByTestId('manage-no-match')).getByRole('button', { name: 'Clear all filters' }));
  await user.type(screen.getByRole('textbox', { name: 'Search by name, project or place' }), 'vision');
  expect(titles()).toEqual(['Dashboard aa']);
});

it('is in pages where it is long, and begins anew when it is narrowed', async () => {
  const user = userEvent.setup();
  server.use(answersManagement(() => management(Array.from({ length: 120 }, (_, index) => managedDashboard(`d${String(index).padStart(3, '0')}`)))));
  renderInHost(<ManagePage />);
  await screen.findByTestId('manage-table');
  expect(rows()).toHaveLength(50);
  await user.click(screen.getByRole('button', { name: 'Go to the last page' }));
  expect(titles()[0]).toBe('Dashboard d100d100');
  expect(rows()).toHaveLength(20);
  await user.type(screen.getByRole('textbox', { name: 'Search by name, project or place' }), 'd0');
  expect(titles()[0]).toBe('Dashboard d000d000');
  expect(screen.getByTestId('manage-count').textContent).toBe('100 of 120 dashboards');
});

it('offers for what Git keeps its YAML and its place, and no change', async () => {
  const user = userEvent.setup();
  server.use(answersManagement(() => management([managedDashboard('synced', { source: 'kubernetes', place: 'PersesDashboard fraud/synced', fixedBy: 'git', appliedBy: 'Argo CD' })])));
  renderInHost(<ManagePage />);
  await user.click(await screen.findByRole('button', { name: 'Details of Dashboard synced' }));
  expect(screen.getByTestId('row-note').textContent).toContain('Argo CD applies it from Git');
  expect(screen.getByTestId('row-details').textContent).toContain('PersesDashboard fraud/synced');
  await user.click(screen.getByRole('button', { name: 'Actions for Dashboard synced' }));
  expect(screen.queryByTestId('row-edit')).toBeNull();
  expect(screen.getByRole('menuitem', { name: 'Download YAML' }).getAttribute('href')).toBe('http://localhost:3000/api/manage/dashboards/fraud/synced/yaml');
});

it('leads to the editor, and to that of a copy', async () => {
  const user = userEvent.setup();
  server.use(answersManagement(() => management([managedDashboard('own')])));
  const { visited } = renderInHost(<ManagePage />);
  for (const item of ['Edit', 'Duplicate', 'Open']) {
    await user.click(await screen.findByTestId('row-menu'));
    await user.click(await screen.findByRole('menuitem', { name: item }));
    await waitFor(() => expect(screen.queryByRole('menuitem', { name: item })).toBeNull());
  }
  expect(visited).toEqual(['/observability/manage/edit?project=fraud&name=own', '/observability/manage/new?from=fraud%2Fown', '/observability/dashboards/fraud/own']);
});

it('tells who manages nothing what this is and who can change it; a failure is another matter', async () => {
  server.use(refuses('/api/manage/dashboards', 'ERR_ACCESS_002'));
  const { unmount } = renderInHost(<ManagePage />);
  expect((await screen.findByTestId('manage-refused')).textContent).toContain('Ask an administrator');
  unmount();
  server.use(refuses('/api/manage/dashboards', 'ERR_QUERY_004'));
  renderInHost(<ManagePage />);
  expect((await screen.findByTestId('error-state')).dataset['code']).toBe('ERR_QUERY_004');
});

it('says when there is nothing to manage yet, and that nothing can be made where there is no store', async () => {
  server.use(answersManagement(() => management([], { creates: false })));
  renderInHost(<ManagePage />);
  await screen.findByTestId('manage-empty');
  expect(screen.queryByRole('link', { name: 'Create dashboard' })).toBeNull();
  expect(screen.getByText(/no store for them/)).toBeDefined();
});

it('is linked from the list of dashboards for those who manage some, and for nobody else', async () => {
  server.use(answersMe(scientist), answersDashboards(testDashboard('training')));
  const { unmount } = renderInHost(<DashboardCatalog />);
  await screen.findByTestId('dashboard-card');
  expect(screen.queryByRole('link', { name: 'Manage dashboards' })).toBeNull();
  unmount();
  server.use(answersManagedProjects({ administrator: false, projects: ['fraud'], creates: true }));
  renderInHost(<DashboardCatalog />);
  expect((await screen.findByRole('link', { name: 'Manage dashboards' })).getAttribute('href')).toBe('/observability/manage');
});
