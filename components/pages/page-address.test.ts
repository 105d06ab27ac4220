import { expect, it } from 'vitest';
import { readPageAddress, type PageAddress } from './page-address';

it.each<[string, PageAddress]>([
  ['/observability', { page: 'home' }],
  ['/observability/', { page: 'home' }],
  ['/observability/dashboards', { page: 'catalog' }],
  ['/observability/dashboards/', { page: 'catalog' }],
  ['/observability/help', { page: 'help' }],
  ['/observability/status', { page: 'status' }],
  ['/observability/manage', { page: 'manage' }],
  ['/observability/manage/new', { page: 'new' }],
  ['/observability/manage/edit', { page: 'edit' }],
  ['/observability/manage/other', { page: 'unknown' }],
  ['/observability/manage/edit/other', { page: 'unknown' }],
  ['/observability/serving', { page: 'shortcut', shortcut: 'serving' }],
  ['/observability/serving/', { page: 'shortcut', shortcut: 'serving' }],
  ['/observability/projects/nlp', { page: 'project', namespace: 'nlp' }],
  ['/observability/dashboards/opendatahub/model-training', { page: 'dashboard', project: 'opendatahub', name: 'model-training' }],
  ['/observability/dashboards/a%2Fb/c%20d', { page: 'dashboard', project: 'a/b', name: 'c d' }],
  ['/observability/dashboards/opendatahub', { page: 'unknown' }],
  ['/observability/dashboards/opendatahub/model-training/edit', { page: 'unknown' }],
  ['/observability/serving/bert', { page: 'unknown' }],
  ['/observability/constructor', { page: 'unknown' }],
  ['/observability/%E0%A4%A', { page: 'unknown' }],
  ['/projects/nlp', { page: 'unknown' }],
  ['/', { page: 'unknown' }],
])('%s', (pathname, address) => {
  expect(readPageAddress(pathname)).toEqual(address);
});
