import { expect, it } from 'vitest';
import { createLogger } from '../telemetry/logger';
import { createTextAllowance } from './text-allowance';

it('lets one person have sixty texts read in a minute, whatever is asked of them, and others theirs', async () => {
  let now = 0;
  const allowed = createTextAllowance(() => now);
  const [check, change] = ['checked', 'changed'].map((text) => allowed(() => Promise.resolve(new Response(text))));
  const context = { params: {}, requestId: 'test', log: createLogger('error', { write: () => undefined }), responseHeaders: new Headers() };
  const ask = (handler: typeof check, subject: string) => handler?.(new Request('http://app/'), context, { subject, name: subject, claims: {}, token: '', expiresAt: 0 });
  for (let count = 0; count < 30; count += 1) await Promise.all([ask(check, 'a'), ask(change, 'a')]);
  await expect(ask(check, 'a')).rejects.toMatchObject({ code: 'ERR_QUERY_004' });
  await expect(ask(change, 'a')).rejects.toMatchObject({ code: 'ERR_QUERY_004' });
  expect(await (await ask(check, 'b'))?.text()).toBe('checked');
  now = 60_000;
  expect(await (await ask(check, 'a'))?.text()).toBe('checked');
});
