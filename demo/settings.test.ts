import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSettings } from './settings';
import { projectRoot } from './setup/index.mjs';

test('without any variable the demo uses its own ports and folder', () => {
  expect(readSettings({})).toEqual({
    stateDirectory: join(projectRoot, '.demo'),
    ports: { app: 3000, prometheus: 9090, oidc: 9400, exporter: 9401, prometheusProxy: 9402 },
    prometheusUrl: undefined,
    accessTokenSeconds: 300,
    preferences: 'server',
    hostUrls: [],
  });
});

test('every value can be changed', () => {
  const environment = {
    DEMO_STATE_DIR: '/var/tmp/demo',
    DEMO_APP_PORT: '1',
    DEMO_PROMETHEUS_PORT: '2',
    DEMO_OIDC_PORT: '3',
    DEMO_EXPORTER_PORT: '4',
    DEMO_PROMETHEUS_PROXY_PORT: '5',
    DEMO_ACCESS_TOKEN_SECONDS: '66',
    DEMO_PREFERENCES: 'browser',
    PROMETHEUS_URL: 'https://prometheus.example.com/base/',
  };
  expect(readSettings(environment)).toEqual({
    stateDirectory: '/var/tmp/demo',
    ports: { app: 1, prometheus: 2, oidc: 3, exporter: 4, prometheusProxy: 5 },
    prometheusUrl: 'https://prometheus.example.com/base',
    accessTokenSeconds: 66,
    preferences: 'browser',
    hostUrls: [],
  });
});

test.each([
  ['DEMO_APP_PORT', 'http', 'DEMO_APP_PORT is "http"; expected a whole number from 1 to 65535.'],
  ['DEMO_OIDC_PORT', '70000', 'DEMO_OIDC_PORT is "70000"; expected a whole number from 1 to 65535.'],
  ['DEMO_ACCESS_TOKEN_SECONDS', '1', 'DEMO_ACCESS_TOKEN_SECONDS is "1"; expected a whole number from 5 to 86400.'],
  ['DEMO_PREFERENCES', 'cloud', 'DEMO_PREFERENCES is "cloud"; expected server or browser.'],
  ['PROMETHEUS_URL', 'localhost:9090', 'PROMETHEUS_URL is "localhost:9090"; expected an http or https URL.'],
])('a wrong %s is refused with its value and what is expected', (variable, value, message) => {
  expect(() => readSettings({ [variable]: value })).toThrow(message);
});
