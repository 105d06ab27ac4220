// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it, vi } from 'vitest';
import { errorCatalogue } from '../../../lib/contracts/errors';
import type { Dashboard } from '../../../lib/contracts/dashboard';
import type { ManagedDashboard } from '../../../lib/contracts/manage';
import { answersMe, origin, renderInHost, scientist, serveApi, testDashboard } from '../../testing/render';
import { textOf } from './document';
import { EditPage } from './EditPage';
import type { YamlEditorProps } from './YamlEditor';

// Neither a canvas nor the measures of lines are in jsdom; both are tested in the browser.
vi.mock('../../viewer/ViewerContent', () => ({ default: () => <p>panels</p> }));
vi.mock('./YamlEditor', () => ({ default: ({ value, onChange, label, isReadOnly }: YamlEditorProps) => <textarea aria-label={label} value={value} readOnly={isReadOnly} onChange={(event) => onChange(event.target.value)} /> }));

const server = serveApi();
const address = '/observability/manage/edit?project=platform&name=training';

let stored: Dashboard;
/** What was sent to be stored. */
let saved: Dashboard[];
let managed: ManagedDashboard;

function titled(title: string, version: number): Dashboard {
  const dashboard = testDashboard('training');
  return { ...dashboard, metadata: { ...dashboard.metadata, version }, spec: { ...dashboard.spec, display: { name: title } } };
}

beforeEach(() => {
  localStorage.clear();
  stored = titled('First', 1);
  saved = [];
  managed = { project: 'platform', name: 'training', title: 'First', source: 'own', place: 'platform.training.json', state: 'enabled', tags: [], audience: [], reserved: false, version: 1, changedBy: 'Bob', changedAt: '2026-11-21T20:00:00Z' };
  server.use(
    answersMe(scientist),
    http.get(`${origin}/api/manage/projects`, () => HttpResponse.json({ administrator: false, projects: ['platform'], creates: true })),
    http.get(`${origin}/api/v1/globaldatasources`, () => HttpResponse.json([])),
    http.get(`${origin}/api/manage/dashboards/platform/training`, () => HttpResponse.json({ managed, dashboard: stored })),
    // As the server: what is no YAML of a dashboard has no title here.
    http.post(`${origin}/api/manage/check`, async ({ request }) => {
      const { text } = (await request.json()) as { text: string };
      const title = /name: (\w+)\n {2}duration/.exec(text)?.[1];
      return HttpResponse.json(title === undefined ? { problems: [{ line: 5, column: 1, path: 'spec', reason: 'wrong', remedy: 'Correct it.', severity: 'error' }] } : { problems: [], dashboard: titled(title, 0) });
    }),
    http.put(`${origin}/api/v1/projects/platform/dashboards/training`, async ({ request }) => {
      const sent = (await request.json()) as Dashboard;
      saved.push(sent);
      if (sent.metadata.version !== stored.metadata.version) {
        const { message, remedy, errorType, status } = errorCatalogue.ERR_DASH_003;
        return HttpResponse.json({ status: 'error', errorType, error: message, code: 'ERR_DASH_003', remedy, help: '/', requestId: 'r' }, { status });
      }
      stored = { ...sent, metadata: { ...sent.metadata, version: sent.metadata.version + 1 } };
      return HttpResponse.json(stored);
    }),
  );
});

const textbox = () => screen.findByLabelText<HTMLTextAreaElement>('Definition of the dashboard in YAML');
const write = async (title: string) => fireEvent.change(await textbox(), { target: { value: textOf(titled(title, 0)) } });
const review = async (user: ReturnType<typeof userEvent.setup>) => {
  await waitFor(() => expect(screen.getByTestId('review').getAttribute('aria-disabled')).not.toBe('true'));
  await user.click(screen.getByTestId('review'));
};

it('shows the difference, saves it as the next version, and has nothing left to save then', async () => {
  const user = userEvent.setup();
  renderInHost(<EditPage />, address);
  await write('Second');
  await review(user);
  expect((await screen.findByTestId('difference')).textContent).toContain('name: Second');
  await user.click(screen.getByTestId('save'));
  expect((await screen.findByTestId('saved')).textContent).toContain('version 2');
  expect(saved).toMatchObject([{ metadata: { name: 'training', project: 'platform', version: 1 }, spec: { display: { name: 'Second' } } }]);
  expect(screen.queryByTestId('unsaved')).toBeNull();
  expect(localStorage.length).toBe(0);
});

it('says what is wrong at which line, and saves nothing until it is right', async () => {
  const user = userEvent.setup();
  renderInHost(<EditPage />, address);
  fireEvent.change(await textbox(), { target: { value: 'kind: Dashboard\n' } });
  expect((await screen.findByTestId('text-problem')).textContent).toContain('Line 5: spec: wrong. Correct it.');
  await user.click(screen.getByTestId('review'));
  expect(screen.queryByTestId('save-dialog')).toBeNull();
  expect(screen.getByText('Correct the errors first.')).toBeDefined();
});

it('what was not saved is back after the page was left, for the same person only, until it is discarded', async () => {
  const user = userEvent.setup();
  const first = renderInHost(<EditPage />, address);
  await write('Mine');
  first.unmount();

  server.use(answersMe({ ...scientist, subject: 'somebody-else' }));
  const other = renderInHost(<EditPage />, address);
  expect((await textbox()).value).toContain('First');
  other.unmount();

  server.use(answersMe(scientist));
  const again = renderInHost(<EditPage />, address);
  expect((await textbox()).value).toContain('Mine');
  await user.click(screen.getByTestId('draft-discard'));
  expect((await textbox()).value).toContain('First');
  again.unmount();
  renderInHost(<EditPage />, address);
  expect((await textbox()).value).toContain('First');
});

it('two people at once: nobody’s text is lost, whoever goes on with whichever', async () => {
  const user = userEvent.setup();
  const first = renderInHost(<EditPage />, address);
  await write('Mine');
  stored = titled('Theirs', 2);
  await review(user);
  await user.click(screen.getByTestId('save'));
  const dialog = await screen.findByTestId('conflict-dialog');
  expect(dialog.textContent).toContain('by Bob');
  expect(dialog.textContent).toContain('name: Theirs');

  // Theirs first, and one's own back again.
  await user.click(screen.getByTestId('take-theirs'));
  expect((await textbox()).value).toContain('Theirs');
  await user.click(screen.getByTestId('put-back'));
  expect((await textbox()).value).toContain('Mine');
  await user.click(screen.getByTestId('discard'));
  expect((await textbox()).value).toContain('Theirs');

  // And after the page was left with theirs in it.
  await write('Mine');
  stored = titled('Theirs', 3);
  await review(user);
  await user.click(screen.getByTestId('save'));
  await user.click(await screen.findByTestId('take-theirs'));
  first.unmount();
  renderInHost(<EditPage />, address);
  expect((await textbox()).value).toContain('Mine');
  await review(user);
  expect((await screen.findByTestId('difference')).textContent).toMatch(/name: Theirs[^]*name: Mine/);
  await user.click(screen.getByTestId('save'));
  expect((await screen.findByTestId('saved')).textContent).toContain('version 4');
  expect(stored.spec.display?.name).toBe('Mine');
});

it('keeps one’s own on top of theirs only after the difference to theirs was shown', async () => {
  const user = userEvent.setup();
  renderInHost(<EditPage />, address);
  await write('Mine');
  stored = titled('Theirs', 2);
  await review(user);
  await user.click(screen.getByTestId('save'));
  await user.click(await screen.findByTestId('keep-mine'));
  expect(stored.spec.display?.name).toBe('Theirs');
  expect((await screen.findByTestId('difference')).textContent).toMatch(/name: Theirs[^]*name: Mine/);
  await user.click(screen.getByTestId('save'));
  expect((await screen.findByTestId('saved')).textContent).toContain('version 3');
  expect(stored.spec.display?.name).toBe('Mine');
});

it('restores an old version as a new one, and shows what somebody else stored when they were faster', async () => {
  const user = userEvent.setup();
  stored = titled('Second', 2);
  server.use(http.get(`${origin}/api/manage/dashboards/platform/training/history`, () => HttpResponse.json({ kept: true, versions: [{ dashboard: titled('First', 1), changedBy: 'Ann' }] })));
  renderInHost(<EditPage />, address);
  await user.click(await screen.findByTestId('history'));
  expect((await screen.findByTestId('difference')).textContent).toMatch(/name: First[^]*name: Second/);
  expect(screen.getByTestId('history-version').textContent).toContain('by Ann');
  stored = titled('Theirs', 3);
  await user.click(screen.getByTestId('restore'));
  expect((await screen.findByTestId('save-error')).dataset['code']).toBe('ERR_DASH_003');
  expect((await textbox()).value).toContain('Theirs');
  await user.click(await screen.findByTestId('restore'));
  expect((await screen.findByTestId('saved')).textContent).toBe('Success alert:Version 1 was restored as version 4.');
  expect(stored.spec.display?.name).toBe('First');
});

it('says where a source keeps no history, and restores nothing over what is not saved', async () => {
  const user = userEvent.setup();
  const answers = (kept: boolean) => server.use(http.get(`${origin}/api/manage/dashboards/platform/training/history`, () => HttpResponse.json({ kept, versions: kept ? [{ dashboard: titled('Old', 1) }] : [] })));
  answers(false);
  const { unmount } = renderInHost(<EditPage />, address);
  await user.click(await screen.findByTestId('history'));
  expect((await screen.findByTestId('history-not-kept')).textContent).toContain('keeps no earlier versions');
  unmount();
  answers(true);
  renderInHost(<EditPage />, address);
  await write('Mine');
  await user.click(screen.getByTestId('history'));
  expect((await screen.findByTestId<HTMLButtonElement>('restore')).disabled).toBe(true);
});

it('a draft from before somebody else saved does not overwrite what they did', async () => {
  const user = userEvent.setup();
  const first = renderInHost(<EditPage />, address);
  await write('Mine');
  first.unmount();
  stored = titled('Theirs', 2);
  renderInHost(<EditPage />, address);
  expect((await screen.findByTestId('draft')).textContent).toContain('was changed since then');
  await review(user);
  await user.click(screen.getByTestId('save'));
  await screen.findByTestId('conflict-dialog');
  expect(stored.spec.display?.name).toBe('Theirs');
});

it('what Git applies is shown with its place and who applies it, and nothing there saves', async () => {
  managed = { ...managed, source: 'kubernetes', fixedBy: 'git', appliedBy: 'Argo CD', place: 'PersesDashboard platform/training' };
  renderInHost(<EditPage />, address);
  const note = await screen.findByTestId('fixed');
  expect(note.textContent).toContain('Argo CD applies this dashboard from Git');
  expect(note.textContent).toContain('PersesDashboard platform/training');
  expect((await textbox()).readOnly).toBe(true);
  expect(screen.queryByTestId('review')).toBeNull();
  expect(screen.getByRole('link', { name: 'Duplicate' }).getAttribute('href')).toContain('from=platform%2Ftraining');
  expect(screen.getByTestId('copy-yaml')).toBeDefined();
});

it('asks before it is left with unsaved changes', async () => {
  const user = userEvent.setup();
  const { visited } = renderInHost(<EditPage />, address);
  await write('Mine');
  // Where the page is, as the browser has it.
  window.history.replaceState(null, '', address);
  await user.click(screen.getByRole('link', { name: 'Manage dashboards' }));
  await screen.findByTestId('leave-guard');
  expect(visited).toEqual([]);
  await user.click(screen.getByTestId('leave-keep'));
  expect(visited).toEqual(['/observability/manage']);
});
