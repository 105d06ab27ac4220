import { expect, it } from 'vitest';
import type { Scope } from '../access/scope';
import { recentErrorsSchema } from '../contracts/status';
import { someone } from '../query/testing/caller';
import { createLogger } from '../telemetry/logger';
import { createRecentErrorsHandler } from './recent-errors-handler';

const context = { params: {}, requestId: 'test', log: createLogger('error', { write: () => undefined }), responseHeaders: new Headers() };
const ask = (scope: Scope) => createRecentErrorsHandler({ resolveScope: () => Promise.resolve(scope), recentErrors: { lines: () => ['{"level":"error"}'] } })(new Request('http://app.test/api/recent-errors'), context, someone);

it('tells administrators what the log told last', async () => {
  expect(recentErrorsSchema.parse(await (await ask({ kind: 'all' })).json())).toEqual({ lines: ['{"level":"error"}'] });
});

it.each<Scope>([{ kind: 'namespaces', namespaces: ['a'] }, { kind: 'none' }])('tells nobody else: $kind', async (scope) => {
  await expect(ask(scope)).rejects.toMatchObject({ code: 'ERR_ACCESS_002' });
});
