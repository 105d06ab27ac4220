import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inGzip } from './gzip';
import { jsonResponse, versionedResponse } from './json';

const answer = { text: 'loss '.repeat(1000) };
const answerTo = (accepted?: string) => inGzip(new Request('https://app.example.com/', accepted === undefined ? {} : { headers: { 'accept-encoding': accepted } }), jsonResponse(answer, 201));

describe('an answer in gzip', () => {
  it.each(['gzip', 'br, gzip', 'GZIP;q=0.5'])('for a caller who accepts %s is the same, and smaller', async (accepted) => {
    const response = await answerTo(accepted);
    const body = Buffer.from(await response.arrayBuffer());
    expect(JSON.parse(gunzipSync(body).toString())).toEqual(answer);
    expect(body.length).toBeLessThan(200);
    expect([response.status, response.headers.get('content-encoding'), response.headers.get('vary')]).toEqual([201, 'gzip', 'accept-encoding']);
    expect([response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual(['application/json', 'no-store']);
  });

  it.each([undefined, 'identity', 'br', 'gzip;q=0'])('is not for a caller who accepts %s', async (accepted) => {
    const response = await answerTo(accepted);
    expect(response.headers.has('content-encoding')).toBe(false);
    expect(response.headers.get('vary')).toBe('accept-encoding');
    expect(await response.json()).toEqual(answer);
  });

  it('is the same version to a caller who has it, and then has no body', async () => {
    const ask = (headers: Record<string, string>) => {
      const request = new Request('https://app.example.com/', { headers: { 'accept-encoding': 'gzip', ...headers } });
      return inGzip(request, versionedResponse(request, answer));
    };
    const tag = (await ask({})).headers.get('etag') ?? '';
    expect(tag).toMatch(/^W\/"/);
    const again = await ask({ 'if-none-match': tag });
    expect([again.status, again.body, again.headers.get('content-encoding')]).toEqual([304, null, null]);
  });
});
