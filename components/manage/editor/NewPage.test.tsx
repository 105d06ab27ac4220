// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it, vi } from 'vitest';
import type { Dashboard } from '../../../lib/contracts/dashboard';
import type { ManagedProjects } from '../../../lib/contracts/manage';
import { answersDashboards, answersMe, origin, renderInHost, scientist, serveApi, testDashboard } from '../../testing/render';
import { NewPage } from './NewPage';
import type { YamlEditorProps } from './YamlEditor';

// Neither a canvas nor the measures of lines are in jsdom; both are tested in the browser.
vi.mock('../../viewer/ViewerContent', () => ({ default: () => <p>panels</p> }));
vi.mock('./YamlEditor', () => ({ default: ({ value, onChange, label }: YamlEditorProps) => <textarea aria-label={label} value={value} onChange={(event) => onChange(event.target.value)} /> }));

const server = serveApi();
const address = '/observability/manage/new';
let created: Dashboard[];

const answersPlaces = (places: ManagedProjects) => http.get(`${origin}/api/manage/projects`, () => HttpResponse.json(places));

beforeEach(() => {
  localStorage.clear();
  created = [];
  server.use(
    answersMe(scientist),
    answersPlaces({ administrator: false, projects: ['llm-research', 'platform'], creates: true }),
    answersDashboards(testDashboard('training')),
    http.get(`${origin}/api/v1/globaldatasources`, () => HttpResponse.json([])),
    http.get(`${origin}/api/v1/projects/platform/dashboards/training`, () => HttpResponse.json(testDashboard('training', { category: 'training' }))),
    http.post(`${origin}/api/manage/check`, () => HttpResponse.json({ problems: [], dashboard: { ...testDashboard('mine'), metadata: { name: 'mine', project: 'llm-research', version: 0 } } })),
    http.post(`${origin}/api/import/grafana`, () =>
      HttpResponse.json({ dashboard: testDashboard('imported'), report: [{ outcome: 'converted', part: 'panel "Requests"' }, { outcome: 'left out', part: 'panel "Map"', detail: 'there is no panel of its type' }] }),
    ),
    http.post(`${origin}/api/v1/projects/llm-research/dashboards`, async ({ request }) => {
      const dashboard = (await request.json()) as Dashboard;
      created.push(dashboard);
      return HttpResponse.json({ ...dashboard, metadata: { ...dashboard.metadata, version: 1 } });
    }),
  );
});

const textOfEditor = async (): Promise<string> => (await screen.findByLabelText<HTMLTextAreaElement>('Definition of the dashboard in YAML')).value;

it('begins from a template in a project of one’s own, is stored when that was confirmed, and leads to its editor', async () => {
  const user = userEvent.setup();
  const { visited } = renderInHost(<NewPage />, address);
  await user.click(await screen.findByLabelText('From a template'));
  fireEvent.change(screen.getByLabelText(/^Title/), { target: { value: 'Größe & Last' } });
  expect(screen.getByLabelText<HTMLInputElement>(/^Name/).value).toBe('grosse-last');
  fireEvent.change(screen.getByLabelText(/^Name/), { target: { value: 'Not A Name' } });
  expect(screen.getByTestId<HTMLButtonElement>('begin').disabled).toBe(true);
  fireEvent.change(screen.getByLabelText(/^Name/), { target: { value: 'mine' } });
  await user.click(screen.getByTestId('begin'));
  expect(await textOfEditor()).toMatch(/name: mine\n {2}project: llm-research[^]*vllm:request_success_total/);
  expect(created).toEqual([]);
  await waitFor(() => expect(screen.getByTestId('review').getAttribute('aria-disabled')).not.toBe('true'));
  await user.click(screen.getByTestId('review'));
  await user.click(await screen.findByTestId('save'));
  await waitFor(() => expect(visited).toEqual(['replace /observability/manage/edit?project=llm-research&name=mine&created']));
  expect(created).toHaveLength(1);
  expect(localStorage.length).toBe(0);
});

it('duplicates the dashboard that its address names, with its annotations, into a project where one may', async () => {
  const user = userEvent.setup();
  renderInHost(<NewPage />, `${address}?from=platform/training`);
  expect((await screen.findByLabelText<HTMLInputElement>(/^Title/)).value).toBe('Dashboard training (copy)');
  await user.click(screen.getByTestId('begin'));
  expect(await textOfEditor()).toMatch(/name: dashboard-training-copy\n {2}project: platform\n {2}annotations:\n {4}category: training/);
});

it('shows what became of each part of a dashboard of Grafana, the worst first', async () => {
  const user = userEvent.setup();
  renderInHost(<NewPage />, address);
  await user.click(await screen.findByLabelText('Import'));
  fireEvent.change(screen.getByLabelText('Text of the file'), { target: { value: '{"schemaVersion":39,"panels":[]}' } });
  expect((await screen.findByTestId('import-understood')).textContent).toContain('1 part converted, 0 approximated, 1 left out');
  expect(screen.getAllByTestId('import-part').map(({ textContent }) => textContent)).toEqual(['Left out panel "Map": there is no panel of its type', 'Converted panel "Requests"']);
  expect(screen.getByLabelText<HTMLInputElement>(/^Title/).value).toBe('Dashboard imported');
});

it('says where an import cannot be understood, and takes no file that is too large', async () => {
  const user = userEvent.setup();
  server.use(http.post(`${origin}/api/manage/check`, () => HttpResponse.json({ problems: [{ line: 3, column: 1, path: 'spec.panels', reason: 'expected a map', remedy: '', severity: 'error' }] })));
  renderInHost(<NewPage />, address);
  await user.click(await screen.findByLabelText('Import'));
  const field = screen.getByLabelText('Text of the file');
  fireEvent.change(field, { target: { value: 'kind: Dashboard' } });
  expect((await screen.findByTestId('import-failed')).textContent).toContain('Line 3: spec.panels: expected a map');
  expect(screen.getByTestId<HTMLButtonElement>('begin').disabled).toBe(true);
  fireEvent.change(field, { target: { value: 'x'.repeat(1024 * 1024 + 1) } });
  await waitFor(() => expect(screen.getByTestId('import-failed').textContent).toContain('up to 1 MiB'));
});

it('offers what was begun before and not saved', async () => {
  const user = userEvent.setup();
  const first = renderInHost(<NewPage />, address);
  await user.click(await screen.findByTestId('begin'));
  fireEvent.change(await screen.findByLabelText('Definition of the dashboard in YAML'), { target: { value: 'begun: before\n' } });
  first.unmount();
  renderInHost(<NewPage />, address);
  await user.click(await screen.findByTestId('draft-use'));
  expect(await textOfEditor()).toBe('begun: before\n');
});

it.each<[string, ManagedProjects, string]>([
  ['may change dashboards of no project', { administrator: false, projects: [], creates: true }, 'You cannot create dashboards'],
  ['has no store for them', { administrator: true, projects: ['platform'], creates: false }, 'Dashboards cannot be created here'],
])('says what to do to who %s', async (_name, places, title) => {
  server.use(answersPlaces(places));
  renderInHost(<NewPage />, address);
  expect((await screen.findByTestId('no-place')).textContent).toContain(title);
});
