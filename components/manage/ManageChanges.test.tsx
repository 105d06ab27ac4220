// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import type { ManagedDashboard, Management, SettingsChange } from '../../lib/contracts/manage';
import { errorCatalogue, helpPath } from '../../lib/contracts/errors';
import { origin, renderInHost, serveApi, testDashboard } from '../testing/render';
import { ManagePage } from './ManagePage';
import { answersManagement, managedDashboard, management } from './testing';

const server = serveApi();

const kept = (change: Partial<Extract<Management['settings'], { kept: true }>> = {}): Management['settings'] => ({ kept: true, version: 4, homes: { groups: {} }, fixedHomes: {}, groups: [], ...change });
const builtIn = (name: string, change: Partial<ManagedDashboard> = {}): ManagedDashboard => managedDashboard(name, { project: 'opendatahub', source: 'built-in', fixedBy: 'product', category: 'serving', ...change });

/** The page over an API that remembers what it is sent, and answers with what `then` makes of the list. */
async function open(before: Management, then: (list: Management) => Management = (list) => list) {
  let list = before;
  const sent: unknown[] = [];
  server.use(
    answersManagement(() => list),
    http.put(`${origin}/api/manage/settings`, async ({ request }) => {
      sent.push(await request.json());
      list = then(list);
      return HttpResponse.json({ version: 5 });
    }),
    http.get(`${origin}/api/manage/dashboards/:project/:name`, ({ params }) => HttpResponse.json({ managed: list.dashboards.find(({ name }) => name === params['name']), dashboard: { ...testDashboard('own', { category: 'serving', audience: 'mlops' }), metadata: { name: 'own', project: 'fraud', version: 7, annotations: { category: 'serving', audience: 'mlops' } } } })),
    http.put(`${origin}/api/v1/projects/:project/dashboards/:name`, async ({ request }) => {
      const body = await request.json();
      sent.push(body);
      list = then(list);
      return HttpResponse.json(body);
    }),
    http.delete(`${origin}/api/v1/projects/:project/dashboards/:name`, ({ params }) => {
      sent.push(params);
      list = then(list);
      return new HttpResponse(null, { status: 204 });
    }),
  );
  const user = userEvent.setup();
  renderInHost(<ManagePage />);
  await screen.findByTestId('manage-table');
  const choose = async (name: string, item: string | RegExp) => {
    await user.click(screen.getByRole('button', { name: `Actions for Dashboard ${name}` }));
    await user.click(await screen.findByRole('menuitem', { name: item }));
  };
  return { user, sent, choose };
}

const outcome = () => screen.findByTestId('outcome');
const stateOf = (name: string) => screen.getAllByTestId('manage-row').find((row) => row.dataset['dashboard'] === name)?.dataset['state'];

it('an administrator disables a built-in dashboard in the settings, and is told what that means', async () => {
  const disabled = (list: Management) => ({ ...list, dashboards: [builtIn('latency', { state: 'disabled', disabledBy: 'settings' })] });
  const { sent, choose } = await open(management([builtIn('latency')], { administrator: true, settings: kept() }), disabled);
  await choose('latency', 'Disable');
  expect((await outcome()).textContent).toContain('“Dashboard latency” is disabled');
  expect(stateOf('latency')).toBe('disabled');
  expect(sent).toEqual([{ version: 4, dashboards: { 'opendatahub/latency': { enabled: false } } } satisfies SettingsChange]);
  await choose('latency', 'Enable');
  await waitFor(() => expect(sent[1]).toEqual({ version: 4, dashboards: { 'opendatahub/latency': { enabled: null } } } satisfies SettingsChange));
});

it('a project administrator changes the annotations of the dashboard itself, as it is now, and no others', async () => {
  const { sent, choose, user } = await open(management([managedDashboard('own', { audience: ['mlops'], category: 'serving' })]));
  await choose('own', 'Disable');
  await outcome();
  expect(sent).toMatchObject([{ metadata: { version: 7, annotations: { category: 'serving', audience: 'mlops', enabled: 'false' } } }]);
  await choose('own', 'Set audience and order');
  const dialog = await screen.findByTestId('arrange-dialog');
  await user.click(within(dialog).getByRole('checkbox', { name: 'MLOps engineers' }));
  await user.click(within(dialog).getByRole('checkbox', { name: 'Administrators' }));
  // Alone, they would lock out who sets it.
  expect(within(dialog).getByText(/you would not see it any more/)).toBeDefined();
  expect(within(dialog).getByTestId('dialog-confirm').hasAttribute('disabled')).toBe(true);
  await user.click(within(dialog).getByRole('checkbox', { name: 'Data scientists' }));
  await user.type(within(dialog).getByRole('textbox', { name: 'Order' }), '15');
  await user.click(within(dialog).getByTestId('dialog-confirm'));
  await waitFor(() => expect(screen.queryByTestId('arrange-dialog')).toBeNull());
  expect(sent[1]).toMatchObject({ metadata: { annotations: { category: 'serving', audience: 'data-scientist,admin', priority: '15' } } });
});

it('what cannot be done is said with its reason', async () => {
  const dashboards = [builtIn('a', { state: 'disabled', disabledBy: 'configuration' }), builtIn('b'), managedDashboard('c', { state: 'disabled', disabledBy: 'settings' }), managedDashboard('d', { fixedBy: 'git', appliedBy: 'Flux', state: 'disabled', disabledBy: 'source' })];
  const { user } = await open(management(dashboards, { administrator: false }));
  const reasons: string[] = [];
  for (const name of ['a', 'b', 'c', 'd']) {
    await user.click(screen.getByRole('button', { name: `Actions for Dashboard ${name}` }));
    const item = await screen.findByRole('menuitem', { name: /^(?:En|Dis)able/ });
    expect(item.getAttribute('aria-disabled')).toBe('true');
    reasons.push(item.textContent);
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('menuitem')).toBeNull());
  }
  expect(reasons).toEqual([expect.stringContaining('The configuration'), expect.stringContaining('not changed here'), expect.stringContaining('An administrator disabled it'), expect.stringContaining('in its source')]);
});

it('somebody else was faster: it is said, and the list is as it is now', async () => {
  const { choose } = await open(management([builtIn('latency')], { administrator: true, settings: kept() }));
  const { status, errorType, message, remedy } = errorCatalogue.ERR_DASH_003;
  server.use(
    http.put(`${origin}/api/manage/settings`, () => HttpResponse.json({ status: 'error', errorType, error: message, code: 'ERR_DASH_003', remedy, help: helpPath('ERR_DASH_003'), detail: 'Stored is version 5.' }, { status })),
    answersManagement(() => management([builtIn('latency', { state: 'disabled', disabledBy: 'settings' })], { administrator: true, settings: kept({ version: 5 }) })),
  );
  await choose('latency', 'Disable');
  const alert = await outcome();
  expect(alert.dataset['failed']).toBe('true');
  expect(alert.textContent).toContain('Stored is version 5.');
  expect(stateOf('latency')).toBe('disabled');
});

it('deletes only when the name is typed, and says so', async () => {
  const { user, sent, choose } = await open(management([managedDashboard('own'), managedDashboard('other')]), (list) => ({ ...list, dashboards: [managedDashboard('other')] }));
  await choose('own', 'Delete');
  const confirm = within(await screen.findByTestId('delete-dialog')).getByTestId('dialog-confirm');
  await user.type(screen.getByTestId('delete-name'), 'ow{Enter}');
  expect(confirm.hasAttribute('disabled')).toBe(true);
  expect(sent).toEqual([]);
  await user.type(screen.getByTestId('delete-name'), 'n');
  await user.click(confirm);
  expect((await outcome()).textContent).toContain('“Dashboard own” is deleted.');
  expect(sent).toEqual([{ project: 'fraud', name: 'own' }]);
  expect(screen.getAllByTestId('manage-row')).toHaveLength(1);
});

it('a category is reordered with the keyboard alone, which says where each is', async () => {
  const { user, sent, choose } = await open(management([builtIn('a', { priority: 10 }), builtIn('b', { priority: 20 }), builtIn('c'), builtIn('elsewhere', { category: 'cost' })], { administrator: true, settings: kept() }));
  await choose('a', 'Reorder “Model serving”');
  const dialog = await screen.findByTestId('order-dialog');
  const order = () => within(dialog).getAllByTestId('order-item').map((item) => item.dataset['dashboard']);
  expect(order()).toEqual(['a', 'b', 'c']);
  within(dialog).getByRole('button', { name: 'Move Dashboard c up' }).focus();
  await user.keyboard('{Enter}');
  await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Move Dashboard c up'));
  await user.keyboard('{Enter}');
  expect(order()).toEqual(['c', 'a', 'b']);
  expect(within(dialog).getByText('Dashboard c is number 1 of 3')).toBeDefined();
  // The focus stays with what is moved.
  await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Move Dashboard c down'));
  await user.click(within(dialog).getByTestId('dialog-confirm'));
  await outcome();
  expect(sent).toEqual([{ version: 4, dashboards: { 'opendatahub/c': { priority: 10 }, 'opendatahub/a': { priority: 20 }, 'opendatahub/b': { priority: 30 } } }]);
});

it('a dashboard becomes the home of groups and of everyone else; what the configuration says is shown and stays', async () => {
  const settings = kept({ groups: ['leads', 'mlops', 'scientists'], homes: { everyone: 'opendatahub/other', groups: { mlops: 'opendatahub/latency' } }, fixedHomes: { leads: 'opendatahub/cost' } });
  const { user, sent, choose } = await open(management([builtIn('latency')], { administrator: true, settings }));
  expect(screen.getByTestId('home-of').textContent).toBe('Home of mlops');
  await choose('latency', 'Set as home');
  const dialog = await screen.findByTestId('homes-dialog');
  const box = (name: RegExp) => within(dialog).getByRole('checkbox', { name });
  expect(box(/leads/).hasAttribute('disabled')).toBe(true);
  expect(within(dialog).getByText('The configuration says opendatahub/cost (preferences.homes)')).toBeDefined();
  expect(within(dialog).getByText('Now: opendatahub/other')).toBeDefined();
  await user.click(box(/Everyone/));
  await user.click(box(/mlops/));
  await user.type(within(dialog).getByRole('textbox', { name: 'Another group' }), 'auditors{Enter}');
  await user.click(within(dialog).getByTestId('dialog-confirm'));
  await outcome();
  expect(sent).toEqual([{ version: 4, homes: { everyone: 'opendatahub/latency', groups: { mlops: null, auditors: 'opendatahub/latency' } } }]);
});

it('settings of audience and order are made one by one, and taken back together', async () => {
  const { user, sent, choose } = await open(management([builtIn('latency', { audience: ['mlops'], settings: { priority: 5, changedAt: '2026-01-02T03:04:05.000Z', changedBy: 'Alex' }, priority: 5 })], { administrator: true, settings: kept() }));
  await choose('latency', 'Set audience and order');
  await user.clear(await screen.findByTestId('arrange-order'));
  await user.type(screen.getByTestId('arrange-order'), '8');
  await user.click(screen.getByTestId('dialog-confirm'));
  await waitFor(() => expect(screen.queryByTestId('arrange-dialog')).toBeNull());
  // The audience is still what its source says, whatever that becomes.
  expect(sent).toEqual([{ version: 4, dashboards: { 'opendatahub/latency': { audience: null, priority: 8 } } }]);
  await choose('latency', 'Set audience and order');
  await user.click(await screen.findByTestId('arrange-reset'));
  await waitFor(() => expect(sent[1]).toEqual({ version: 4, dashboards: { 'opendatahub/latency': { audience: null, priority: null } } }));
});

it('where no settings are kept the page says what to configure', async () => {
  await open(management([builtIn('latency')], { administrator: true, settings: { kept: false } }));
  expect(screen.getByTestId('no-settings').textContent).toContain('Settings of administrators are not kept here');
});
