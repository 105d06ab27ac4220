import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { jsonResponse, versionedResponse } from '../lib/http/json';
import { inGzip } from './gzip';

const value = { text: 'loss '.repeat(1000) };
const asking = (headers: Record<string, string>) => new Request('https://app.example.com/', { headers });
const answerTo = (accepted: string | undefined, response: Response) => inGzip(() => Promise.resolve(response))(asking(accepted === undefined ? {} : { 'accept-encoding': accepted }));

describe('an answer in gzip', () => {
  it.each(['gzip', 'br, gzip', 'GZIP;q=0.5'])('for a caller who accepts %s is the same, and smaller', async (accepted) => {
    const response = await answerTo(accepted, jsonResponse(value, 201));
    const body = Buffer.from(await response.arrayBuffer());
    expect(JSON.parse(gunzipSync(body).toString())).toEqual(value);
    expect(body.length).toBeLessThan(200);
    expect([response.status, response.headers.get('content-encoding'), response.headers.get('vary')]).toEqual([201, 'gzip', 'accept-encoding']);
    expect([response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual(['application/json', 'no-store']);
  });

  it.each([undefined, 'identity', 'br', 'gzip;q=0'])('is not for a caller who accepts %s', async (accepted) => {
    const response = await answerTo(accepted, jsonResponse(value));
    expect([response.headers.get('content-encoding'), response.headers.get('vary')]).toEqual([null, 'accept-encoding']);
    expect(await response.json()).toEqual(value);
  });

  it.each([
    ['the query path has compressed, or not', new Response('…', { headers: { 'content-type': 'application/json', vary: 'accept-encoding' } })],
    ['is a refusal', jsonResponse(value, 403)],
    ['is no JSON', new Response('odh_up 1', { headers: { 'content-type': 'text/plain' } })],
    ['has no body', new Response(null, { status: 204 })],
  ])('is not made of what %s', async (_, response) => {
    expect(await answerTo('gzip', response)).toBe(response);
  });

  it('is not made of what is short', async () => {
    const response = await answerTo('gzip', jsonResponse({ text: 'loss' }));
    expect([response.headers.get('content-encoding'), await response.json()]).toEqual([null, { text: 'loss' }]);
  });

  it('is the same version to a caller who has it, and then has no body', async () => {
    const ask = (headers: Record<string, string>) => inGzip((request) => Promise.resolve(versionedResponse(request, value)))(asking({ 'accept-encoding': 'gzip', ...headers }));
    const tag = (await ask({})).headers.get('etag') ?? '';
    expect(tag).toMatch(/^W\/"/);
    const again = await ask({ 'if-none-match': tag });
    expect([again.status, again.body, again.headers.get('content-encoding')]).toEqual([304, null, null]);
  });
});
