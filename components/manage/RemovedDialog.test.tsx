// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { errorCatalogue } from '../../lib/contracts/errors';
import { origin, renderInHost, serveApi, testDashboard } from '../testing/render';
import { RemovedDialog } from './RemovedDialog';

const server = serveApi();
const answers = (kept: boolean, names: readonly string[]) =>
  server.use(http.get(`${origin}/api/manage/removed`, () => HttpResponse.json({ kept, dashboards: names.map((name) => ({ dashboard: testDashboard(name), changedBy: 'Ann' })) })));

it('makes a deleted dashboard anew, and has it no longer', async () => {
  const user = userEvent.setup();
  answers(true, ['training']);
  server.use(
    http.post(`${origin}/api/v1/projects/:project/dashboards`, async ({ request }) => {
      answers(true, []);
      return HttpResponse.json((await request.json()) as object);
    }),
  );
  renderInHost(<RemovedDialog onClose={() => undefined} />);
  expect((await screen.findByTestId('removed')).textContent).toContain('by Ann');
  await user.click(screen.getByTestId('removed-restore'));
  expect((await screen.findByTestId('removed-restored')).textContent).toContain('was restored');
  await screen.findByTestId('removed-none');
});

it('says why one cannot be restored, and keeps it in the list', async () => {
  const user = userEvent.setup();
  answers(true, ['training']);
  const { message, remedy, errorType, status } = errorCatalogue.ERR_DASH_006;
  server.use(http.post(`${origin}/api/v1/projects/:project/dashboards`, () => HttpResponse.json({ status: 'error', errorType, error: message, code: 'ERR_DASH_006', remedy, help: '/', requestId: 'r' }, { status })));
  renderInHost(<RemovedDialog onClose={() => undefined} />);
  await user.click(await screen.findByTestId('removed-restore'));
  await waitFor(() => expect(screen.getByTestId('removed-failed').textContent).toContain(message));
  expect(screen.getAllByTestId('removed')).toHaveLength(1);
});

it('says where nothing of deleted dashboards is kept', async () => {
  answers(false, []);
  renderInHost(<RemovedDialog onClose={() => undefined} />);
  expect((await screen.findByTestId('removed-none')).textContent).toContain('keeps nothing');
});
