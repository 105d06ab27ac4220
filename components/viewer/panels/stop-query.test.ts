import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, expect, it } from 'vitest';
import { stopQuery } from './stop-query';

const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
const watching: (() => void)[] = [];
afterEach(() => {
  watching.splice(0).forEach((stop) => stop());
  queryClient.clear();
});

/** A panel that waits for an answer which does not come. */
function waitFor(...queryKey: string[]): { readonly isWaiting: () => boolean } {
  const observer = new QueryObserver(queryClient, { queryKey, queryFn: ({ signal }) => new Promise((_, reject) => signal?.addEventListener('abort', reject)) });
  watching.push(observer.subscribe(() => undefined));
  return { isWaiting: () => observer.getCurrentResult().isFetching };
}

it('ends the waiting of one panel, and not that of the same panel in another view', async () => {
  const stopped = waitFor('panel', 'loss', 'fraud');
  const other = waitFor('panel', 'loss', 'vision');
  stopQuery(queryClient, ['panel', 'loss', 'fraud']);
  await expect.poll(stopped.isWaiting).toBe(false);
  expect(other.isWaiting()).toBe(true);
});

it('takes nothing away from another viewer that waits for the same answer', () => {
  const panels = [waitFor('panel', 'loss'), waitFor('panel', 'loss')];
  stopQuery(queryClient, ['panel', 'loss']);
  expect(panels.map(({ isWaiting }) => isWaiting())).toEqual([true, true]);
});
