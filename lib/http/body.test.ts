import { expect, test } from 'vitest';
import { readText } from './body';

const never = new AbortController().signal;
const silent = () => new ReadableStream<Uint8Array>();

test('reads up to the limit, and nothing of what is larger', async () => {
  const body = () => new Response('12345').body;
  expect(await readText(body(), 5, never)).toBe('12345');
  expect(await readText(body(), 4, never)).toBeUndefined();
  expect(await readText(null, 4, never)).toBe('');
});

test('a caller who goes away ends the wait for a body that does not come', async () => {
  const gone = new AbortController();
  const reading = readText(silent(), 5, gone.signal);
  gone.abort(new Error('gone'));
  await expect(reading).rejects.toThrow('gone');
});

test('so does one who had gone before', async () => {
  await expect(readText(silent(), 5, AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
});
