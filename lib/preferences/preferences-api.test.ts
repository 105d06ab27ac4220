import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PreferencesAnswer } from '../contracts/preferences';
import type { RouteContext } from '../http/handler';
import type { Identity } from '../identity/identity';
import { createLogger } from '../telemetry/logger';
import { createPreferencesApi } from './preferences-api';
import { createPreferenceStore, ownerOf } from './store';

const publicUrl = 'https://app.test';
const now = () => Date.UTC(2026, 0, 1);
const context: RouteContext = { params: {}, requestId: 'request-1', log: createLogger('error', { write: () => undefined }), responseHeaders: new Headers() };
const person = (subject: string): Identity => ({ subject, name: subject, claims: {}, token: 't', expiresAt: Infinity });

let root: string;
let directory: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'preferences-'));
  // Made by the first write.
  directory = join(root, 'kept');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const api = () => createPreferencesApi({ store: createPreferenceStore({ directory, date: now }), publicUrl, now });
const put = (body: unknown, headers: Record<string, string> = { origin: publicUrl }): Request =>
  new Request(`${publicUrl}/api/preferences`, { method: 'PUT', headers, body: typeof body === 'string' ? body : JSON.stringify(body) });
const change = async (subject: string, body: unknown, { change: handler } = api()): Promise<unknown> => {
  const answer = (await (await handler(put(body), context, person(subject))).json()) as Extract<PreferencesAnswer, { kept: 'server' }>;
  return answer.preferences;
};
const read = async (subject: string): Promise<unknown> => (await api().get(new Request(`${publicUrl}/api/preferences`), context, person(subject))).json();

describe('preferences on the server', () => {
  it('are read back by the same person, in any process, and by nobody else', async () => {
    await change('ada', { mode: 'advanced', favourites: ['platform/cost'] });
    expect(await read('ada')).toEqual({ kept: 'server', owner: ownerOf('ada'), preferences: { mode: 'advanced', favourites: ['platform/cost'] } });
    await change('ben', { role: 'mlops' });
    expect(await read('ben')).toEqual({ kept: 'server', owner: ownerOf('ben'), preferences: { role: 'mlops' } });
    expect(await read('ada')).toMatchObject({ preferences: { mode: 'advanced' } });
    expect(await read('cleo')).toEqual({ kept: 'server', owner: ownerOf('cleo'), preferences: {} });
  });

  it('change by key, so that two pages of one person do not undo each other', async () => {
    const both = api();
    await Promise.all([change('ada', { mode: 'advanced' }, both), change('ada', { timeZone: 'UTC' }, both), change('ada', { recent: ['a/b'] }, both)]);
    expect(await read('ada')).toMatchObject({ preferences: { mode: 'advanced', timeZone: 'UTC', recent: ['a/b'] } });
    expect(await change('ada', { mode: null })).toEqual({ timeZone: 'UTC', recent: ['a/b'] });
  });

  it('leave no file of a person who prefers nothing any more, and nothing beside the files', async () => {
    await change('ada', { mode: 'advanced', favourites: ['a/b'] });
    await change('ben', { mode: 'simple' });
    expect(readdirSync(directory).sort()).toEqual([`${ownerOf('ada')}.json`, `${ownerOf('ben')}.json`].sort());
    expect(await change('ada', { mode: null, favourites: [] })).toEqual({});
    expect(readdirSync(directory)).toEqual([`${ownerOf('ben')}.json`]);
    expect(await change('ada', { mode: null })).toEqual({});
  });

  it.each(['../../etc/passwd', '..', '/etc/passwd', 'a\0b', '', 'x'.repeat(5_000), 'CON', '%2e%2e%2f'])('keep the subject %j inside the folder', async (subject) => {
    await change(subject, { mode: 'advanced' });
    expect(readdirSync(root)).toEqual(['kept']);
    expect(readdirSync(directory)).toEqual([expect.stringMatching(/^[0-9a-f]{64}\.json$/)]);
    expect(await read(subject)).toMatchObject({ preferences: { mode: 'advanced' } });
  });

  it.each([
    ['an unknown key', { mode: 'simple', colour: 'red' }, 'ERR_QUERY_001'],
    ['a value that is none', { mode: 'expert' }, 'ERR_QUERY_001'],
    ['a dashboard that is none', { favourites: ['nothing'] }, 'ERR_QUERY_001'],
    ['more than can be kept', { favourites: Array.from({ length: 201 }, (_, index) => `a/${index}`) }, 'ERR_QUERY_001'],
    ['no object', ['mode'], 'ERR_QUERY_001'],
    ['no JSON', '{', 'ERR_QUERY_001'],
    ['too much', ' '.repeat(70_000), 'ERR_QUERY_003'],
  ])('refuse %s, and keep what was there', async (_what, body, code) => {
    await change('ada', { mode: 'advanced' });
    await expect(change('ada', body)).rejects.toMatchObject({ code });
    expect(await read('ada')).toMatchObject({ preferences: { mode: 'advanced' } });
  });

  it.each([[{}], [{ origin: 'https://evil.test' }], [{ origin: 'null' }]])('refuse what another site sends in a visitor’s name: %j', async (headers: Record<string, string>) => {
    await expect(api().change(put({ mode: 'advanced' }, headers), context, person('ada'))).rejects.toMatchObject({ code: 'ERR_ACCESS_002' });
    expect((await api().change(put({ mode: 'advanced' }, { authorization: 'Bearer t' }), context, person('ada'))).status).toBe(200);
  });

  it('refuse a flood of changes of one person only', async () => {
    const one = api();
    for (let count = 0; count < 240; count += 1) await change('ada', {}, one);
    await expect(change('ada', {}, one)).rejects.toMatchObject({ code: 'ERR_QUERY_004' });
    expect(await change('ben', { mode: 'simple' }, one)).toEqual({ mode: 'simple' });
  });

  it('read what another version wrote as far as they know it', async () => {
    mkdirSync(directory);
    writeFileSync(join(directory, `${ownerOf('ada')}.json`), JSON.stringify({ subject: 'ada', preferences: { mode: 'expert', colour: 'red', timeZone: 'UTC' } }));
    expect(await read('ada')).toMatchObject({ preferences: { timeZone: 'UTC' } });
  });

  it.each(['{', '[]', '{"preferences":1}'])('say so when a file is broken, and leave it as it is: %s', async (text) => {
    mkdirSync(directory);
    const file = join(directory, `${ownerOf('ada')}.json`);
    writeFileSync(file, text);
    await expect(read('ada')).rejects.toMatchObject({ code: 'ERR_PREF_001' });
    await expect(change('ada', { mode: 'simple' })).rejects.toMatchObject({ code: 'ERR_PREF_001' });
    expect(readFileSync(file, 'utf8')).toBe(text);
    expect(await change('ben', { mode: 'simple' })).toEqual({ mode: 'simple' });
  });

  it('say so when the folder cannot be used, and work again when it can', async () => {
    writeFileSync(directory, 'a file');
    await expect(change('ada', { mode: 'advanced' })).rejects.toMatchObject({ code: 'ERR_PREF_001' });
    rmSync(directory);
    expect(await change('ada', { mode: 'advanced' })).toEqual({ mode: 'advanced' });
  });
});

it('without a store the answer says that the browser keeps them, and a change is refused', async () => {
  const none = createPreferencesApi({ store: undefined, publicUrl, now });
  expect(await (await none.get(new Request(`${publicUrl}/api/preferences`), context, person('ada'))).json()).toEqual({ kept: 'browser' });
  await expect(change('ada', { mode: 'simple' }, none)).rejects.toMatchObject({ code: 'ERR_PREF_001' });
});
