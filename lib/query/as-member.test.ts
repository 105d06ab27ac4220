/** Queries of a caller who looks as a member of some projects. */
import { describe, expect, it } from 'vitest';
import { withinLimits } from '../access/access';
import { asMember } from '../access/as-member';
import { scopeOf, type Scope } from '../access/scope';
import { configSchema } from '../config/schema';
import { createLogger } from '../telemetry/logger';
import { createMetrics } from '../telemetry/metrics';
import { createQueryHandler } from './handler';
import { someone } from './testing/caller';

const log = createLogger('error', { write: () => undefined });
const all: Scope = { kind: 'all' };

describe('what reaches the metrics backend', () => {
  const limits = configSchema.shape.limits.parse({});
  async function asked(own: Scope, projects: string, query: string): Promise<string | undefined> {
    let sent: string | undefined;
    const handler = createQueryHandler({
      resolveScope: withinLimits(() => Promise.resolve(own)),
      datasources: [{ name: 'prometheus', default: true, url: 'http://127.0.0.1:1', scopeLabel: 'namespace', credential: { type: 'none' } }],
      limits,
      metrics: createMetrics('test'),
      forward: ({ parameters }) => {
        sent = parameters.get('query') ?? undefined;
        return Promise.resolve({ body: Buffer.from('{}'), gzip: false });
      },
      now: () => 0,
      date: Date.now,
    });
    const request = new Request(`http://app.test/?${new URLSearchParams({ query }).toString()}`);
    await asMember(handler)(request, { params: { projects, datasource: 'prometheus', '*': 'api/v1/query' }, requestId: 'test', log, responseHeaders: new Headers() }, someone);
    return sent;
  }

  it('is limited to the named projects, an administrator’s queries too', async () => {
    expect(await asked(all, 'b,a', 'sum(up)')).toBe('sum(up{namespace=~"a|b"})');
    expect(await asked(all, 'a', 'up{namespace="b"} or node_load1')).toBe('up{namespace="a",namespace="b"} or node_load1{namespace="a"}');
  });

  it('is nothing where no project is left', async () => {
    await expect(asked(scopeOf(['a']), 'b', 'up')).rejects.toMatchObject({ code: 'ERR_ACCESS_001' });
  });
});
