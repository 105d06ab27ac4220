import { expect, it } from 'vitest';
import { importAnswerSchema } from '../contracts/editor';
import { isAppError } from '../errors/app-error';
import { createLogger } from '../telemetry/logger';
import { createGrafanaImport } from './handler';

async function send(body: string): Promise<unknown> {
  const context = { params: {}, requestId: 'test', log: createLogger('error', { write: () => undefined }), responseHeaders: new Headers() };
  try {
    const answer = await createGrafanaImport('opendatahub')(new Request('http://app.test/', { method: 'POST', body }), context, { subject: 'u', name: 'U', claims: {}, token: '', expiresAt: 0 });
    return importAnswerSchema.parse(await answer.json());
  } catch (error) {
    if (isAppError(error)) return { code: error.code, detail: error.detail };
    throw error;
  }
}

const grafana = (schemaVersion: number) =>
  JSON.stringify({
    title: 'Requests',
    schemaVersion,
    time: { from: 'now-6h', to: 'now' },
    panels: [
      { id: 1, type: 'timeseries', title: 'Requests', gridPos: { x: 0, y: 0, w: 12, h: 8 }, targets: [{ refId: 'A', expr: 'sum(rate(http_requests_total[5m]))' }] },
      { id: 2, type: 'nodeGraph', title: 'Map', gridPos: { x: 12, y: 0, w: 12, h: 8 } },
    ],
  });

it('a dashboard of Grafana becomes one of ours, with what became of each part', async () => {
  expect(await send(grafana(39))).toMatchObject({
    dashboard: { kind: 'Dashboard', metadata: { name: 'requests', project: 'opendatahub' }, spec: { display: { name: 'Requests' }, duration: '6h' } },
    report: expect.arrayContaining([{ outcome: 'converted', part: 'panel "Requests"' }, expect.objectContaining({ outcome: 'left out', part: 'panel "Map"' })]) as unknown,
  });
});

it.each([
  ['not JSON', 'title: Requests', 'ERR_DASH_002', /not JSON/],
  ['something else', '[]', 'ERR_DASH_002', /no dashboard of Grafana/],
  ['an old version', grafana(16), 'ERR_DASH_002', /schemaVersion 16/],
  ['more than is taken', ' '.repeat(1024 * 1024 + 1), 'ERR_QUERY_003', /larger/],
])('%s is refused with what to do', async (_name, body, code, detail) => {
  expect(await send(body)).toMatchObject({ code, detail: expect.stringMatching(detail) as string });
});
