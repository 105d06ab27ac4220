import { describe, expect, it } from 'vitest';
import { createLogger } from '../telemetry/logger';
import { jsonOnly } from './json-only';

const context = { params: {}, requestId: 'test', log: createLogger('error', { write: () => undefined }), responseHeaders: new Headers() };
const ask = (headers: Record<string, string>) => jsonOnly(() => Promise.resolve(new Response('changed')))(new Request('http://app/', { method: 'POST', body: '{}', headers }), context);

describe('a change that comes with a bearer token', () => {
  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON'])('as %s is let in', async (type) => {
    expect((await ask({ authorization: 'Bearer x', 'content-type': type })).status).toBe(200);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=application/json', ''])('as "%s" is not', async (type) => {
    const response = await ask({ authorization: 'Bearer x', 'content-type': type });
    expect(response.status).toBe(415);
    expect(await response.json()).toMatchObject({ status: 'error', errorType: 'bad_data', requestId: 'test' });
  });

  it('is another matter with a session, which the origin vouches for', async () => {
    expect((await ask({ 'content-type': 'text/plain' })).status).toBe(200);
  });
});
