import { onlineManager } from '@tanstack/react-query';
import { expect, it, onTestFinished } from 'vitest';
import { createApiCache } from './api-cache';

it('asks the app where the browser believes that there is no network', async () => {
  onlineManager.setOnline(false);
  onTestFinished(() => onlineManager.setOnline(undefined));
  const { queryClient, clear } = createApiCache();
  expect(await queryClient.fetchQuery({ queryKey: ['dashboards'], queryFn: () => Promise.resolve('answer') })).toBe('answer');
  clear();
});
