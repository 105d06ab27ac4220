import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { scopeOf } from '../access/scope';
import { historySchema } from '../contracts/editor';
import { isAppError } from '../errors/app-error';
import { createLogger } from '../telemetry/logger';
import { createDirectorySource } from './directory';
import { createHistoryApi } from './history-api';
import { combineSources } from './store';
import { dashboard } from './testing/resources';
import { createDirectoryWriter } from './writer';

const log = createLogger('error', { write: () => undefined });
const someone = { subject: 'u', name: 'U', claims: {}, token: '', expiresAt: 0 };
const project = 'fraud-detection';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'history-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function setUp({ isWritten = true, scope = scopeOf([project]), mayEdit = true } = {}) {
  const source = createDirectorySource({ name: 'own', directory, platformProject: 'opendatahub', log, now: () => 0 });
  const writer = createDirectoryWriter({ directory, onChange: source.lookAgain, date: Date.now });
  const handler = createHistoryApi({
    store: combineSources([source]),
    writers: new Map(isWritten ? [['own', writer]] : []),
    resolveScope: () => Promise.resolve(scope),
    mayEdit: () => Promise.resolve(mayEdit),
    platformProject: 'opendatahub',
  });
  const ask = async (name: string) => {
    const answer = await handler(new Request('http://app.test/'), { params: { project, name }, requestId: 'test', log, responseHeaders: new Headers() }, someone).catch((error: unknown) => {
      if (isAppError(error)) return error.code;
      throw error;
    });
    return typeof answer === 'string' ? answer : historySchema.parse(await answer.json());
  };
  return { writer, ask };
}

it('has the versions that were replaced with who made them, the newest first; restoring one is a new version with the old content', async () => {
  const { writer, ask } = setUp();
  const first = await writer.create(dashboard(project, 'mine'), { name: 'Ann' });
  await writer.update({ ...first, spec: { ...first.spec, duration: '2h' } }, { name: 'Bob' });
  await writer.update({ ...first, metadata: { ...first.metadata, version: 2 }, spec: { ...first.spec, duration: '3h' } });
  expect(await ask('mine')).toMatchObject({ kept: true, versions: [{ dashboard: { metadata: { version: 2 }, spec: { duration: '2h' } }, changedBy: 'Bob' }, { dashboard: { metadata: { version: 1 }, spec: { duration: '1h' } }, changedBy: 'Ann' }] });
  await writer.update({ ...first, metadata: { ...first.metadata, version: 3 } });
  expect(await ask('mine')).toMatchObject({ versions: [{ dashboard: { metadata: { version: 3 } } }, { dashboard: { metadata: { version: 2 } } }, { dashboard: { metadata: { version: 1 } } }] });
});

it('leaves out versions that were for administrators, of this dashboard or of one that had its name before', async () => {
  const { writer, ask } = setUp();
  const first = await writer.create(dashboard(project, 'mine', { audience: 'admin' }));
  const { after: second } = await writer.update({ ...first, metadata: { ...first.metadata, annotations: {} } });
  await writer.remove(project, 'mine');
  const third = await writer.create(dashboard(project, 'mine'));
  await writer.update({ ...third, spec: { ...third.spec, duration: '2h' } });
  expect(await ask('mine')).toMatchObject({ versions: [{ dashboard: { metadata: { version: third.metadata.version } } }, { dashboard: { metadata: { version: second.metadata.version } } }] });
  expect(await setUp({ scope: { kind: 'all' } }).ask('mine')).toMatchObject({ versions: [{}, {}, { dashboard: { metadata: { version: first.metadata.version } } }] });
});

it('says where none is kept', async () => {
  await setUp().writer.create(dashboard(project, 'mine'));
  expect(await setUp({ isWritten: false }).ask('mine')).toEqual({ kept: false, versions: [] });
});

it('is for nobody who may not change the dashboard, and tells them nothing of what there is', async () => {
  await setUp().writer.create(dashboard(project, 'mine'));
  const refused = setUp({ mayEdit: false });
  expect([await refused.ask('mine'), await refused.ask('nothing')]).toEqual(['ERR_ACCESS_002', 'ERR_ACCESS_002']);
  expect(await setUp({ scope: scopeOf(['vision-lab']) }).ask('mine')).toBe('ERR_DASH_001');
  expect(await setUp().ask('nothing')).toBe('ERR_DASH_001');
});
