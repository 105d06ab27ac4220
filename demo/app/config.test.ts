import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { configSchema } from '../../lib/config/schema';
import { administratorGroup } from '../users';
import { appConfig } from './config';

test('the app accepts the configuration that the demo writes', () => {
  const text = appConfig({
    appUrl: 'http://127.0.0.1:3000',
    host: '127.0.0.1',
    port: 3000,
    issuer: 'http://127.0.0.1:9400',
    clientId: 'odh-observability',
    prometheusUrl: 'http://127.0.0.1:9402',
    prometheusAudience: 'prometheus',
    auditFile: '/tmp/audit.jsonl',
    kept: { preferences: '/tmp/preferences', dashboards: '/tmp/dashboards', settings: '/tmp/settings.json' },
  });
  const config = configSchema.parse(parse(text));
  expect(config.audit).toMatchObject({ sink: 'file', file: { path: '/tmp/audit.jsonl' } });
  expect(config.dashboards).toMatchObject({ own: '/tmp/dashboards', settings: '/tmp/settings.json' });
  expect(config.preferences).toMatchObject({ store: '/tmp/preferences', roles: { mlops: ['mlops-engineers'] } });
  expect(config.datasources).toMatchObject([{ name: 'prometheus', credential: { type: 'token-exchange', audience: 'prometheus' } }]);
  expect(config.access.claims.administrators).toEqual([administratorGroup]);
});
