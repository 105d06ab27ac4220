import { describe, expect, it } from 'vitest';
import type { Scope } from '../access/scope';
import type { DatasourceConfig } from '../config/schema';
import { platformStatusSchema, type Finding, type PlatformStatus } from '../contracts/status';
import { AppError } from '../errors/app-error';
import { someone } from '../query/testing/caller';
import { createLogger } from '../telemetry/logger';
import type { Diagnose } from './diagnose';
import { createStatusHandler } from './handler';

const working: Finding = { subject: 'datasource prometheus', state: 'ok', found: 'It answers queries at http://secret-address.' };
const old: Finding = { subject: 'metrics of nodes', state: 'problem', found: 'The newest is 20 minutes old.', next: 'Look.', affects: 'the dashboards of the cluster' };
const missing: Finding = { subject: 'metrics of NVIDIA GPUs', state: 'missing', found: 'There were none.', next: 'Install.', affects: 'GPU panels' };

const datasource = (credential: DatasourceConfig['credential']): DatasourceConfig => ({ name: 'prometheus', default: true, url: 'http://secret-address', scopeLabel: 'namespace', credential });
const admin: Scope = { kind: 'all' };
const anna: Scope = { kind: 'namespaces', namespaces: ['a'] };

function statusOf(diagnose: Diagnose, { credential = { type: 'none' }, now = () => 0 }: { credential?: DatasourceConfig['credential']; now?: () => number } = {}) {
  const handler = createStatusHandler({ diagnose, resolveScope: (identity) => Promise.resolve(identity.claims['scope'] as Scope), datasources: [datasource(credential)], date: now });
  return async (scope: Scope, subject = 'u1'): Promise<PlatformStatus> => {
    const context = { params: {}, requestId: 'test', log: createLogger('error'), responseHeaders: new Headers() };
    return platformStatusSchema.parse(await (await handler(new Request('http://app.test/api/status'), context, { ...someone, subject, claims: { scope } })).json());
  };
}

describe('what is told', () => {
  it.each<[PlatformStatus['state'], Finding[], string]>([
    ['working', [working], 'can be queried'],
    ['working', [{ ...working, state: 'unknown' }], 'by administrators only'],
    ['partial', [working, missing], 'stay empty: GPU panels'],
    ['impaired', [working, old, missing, { ...old, subject: 'metrics of more nodes' }], 'It affects: the dashboards of the cluster.'],
  ])('%s', async (state, findings, words) => {
    const status = await statusOf(() => Promise.resolve(findings))(anna);
    expect(status).toEqual({ state, sentence: expect.stringContaining(words) as string, checked: 0 });
    expect(JSON.stringify(status)).not.toContain('secret-address');
  });

  it('to administrators is everything', async () => {
    expect((await statusOf(() => Promise.resolve([working, old]))(admin)).findings).toEqual([working, old]);
  });

  it('to somebody without projects is the sentence too, and nothing where access cannot be decided', async () => {
    expect((await statusOf(() => Promise.resolve([old]))({ kind: 'none' })).findings).toBeUndefined();
    const handler = createStatusHandler({ diagnose: () => Promise.resolve([working]), resolveScope: () => Promise.reject(new AppError('ERR_DATA_001')), datasources: [], date: () => 0 });
    await expect(handler(new Request('http://app.test/api/status'), { params: {}, requestId: 'test', log: createLogger('error'), responseHeaders: new Headers() }, someone)).rejects.toThrow(AppError);
  });
});

describe('the checks', () => {
  const counting = () => {
    const asked: (string | undefined)[] = [];
    return { asked, diagnose: ((identity) => Promise.resolve(asked.push(identity?.subject) > 0 ? [working] : [])) satisfies Diagnose };
  };

  it('run once for everybody within half a minute', async () => {
    let time = 0;
    const { asked, diagnose } = counting();
    const status = statusOf(diagnose, { now: () => time });
    await Promise.all([status(anna, 'anna'), status(admin, 'root')]);
    expect(asked).toEqual([undefined]);
    time = 31_000;
    await status(anna, 'anna');
    expect(asked).toHaveLength(2);
  });

  it('run as the administrator who asks where the backend is asked as people, and never as anybody else', async () => {
    const { asked, diagnose } = counting();
    const status = statusOf(diagnose, { credential: { type: 'user-token' } });
    await status(anna, 'anna');
    await status(admin, 'root');
    await status(admin, 'other');
    expect(asked).toEqual([undefined, 'root', 'other']);
  });
});
