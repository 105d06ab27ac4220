import { randomBytes } from 'node:crypto';
import { encode } from 'next-auth/jwt';
import { describe, expect, it } from 'vitest';
import type { Session } from './session';
import { createSessionCookie, sealedPayload } from './session-cookie';
import { Browser } from './testing/browser';

const config = { publicUrl: 'http://127.0.0.1:3000', session: { idle: 3_600_000, absolute: 7_200_000 }, sessionSecret: 'a session secret of at least 32 characters' };
const cookie = createSessionCookie(config, Date.now);
const name = 'next-auth.session-token';

function session(tokenLength = 100): Session {
  return {
    sub: 'ada',
    name: 'Ada',
    accessToken: randomBytes(tokenLength).toString('hex'),
    refreshToken: 'refresh',
    idToken: 'id',
    expiresAt: 2,
    refreshAt: 1,
    signedInAt: Date.now(),
    claims: { projects: ['vision-lab'] },
  };
}

async function stored(value: Session): Promise<Browser> {
  const browser = new Browser();
  browser.store(cookie.write(await cookie.seal(value), null));
  return browser;
}

describe('the session cookie', () => {
  it('gives back what was stored', async () => {
    const value = session();
    const read = await cookie.read((await stored(value)).cookieHeader);
    expect(read?.session).toEqual(value);
    expect(Math.abs((read?.writtenAt ?? 0) - Date.now())).toBeLessThan(5_000);
  });

  it('cannot be read by the page, is not sent by other sites, and goes only over https where the site has it', async () => {
    const now = () => Date.UTC(2026, 0, 2, 3, 4, 5);
    const value = await cookie.seal(session());
    expect(createSessionCookie(config, now).write(value, null)).toEqual([`${name}=${value}; Expires=Fri, 02 Jan 2026 04:04:05 GMT; Path=/; HttpOnly; SameSite=Lax`]);
    const [secure] = createSessionCookie({ ...config, publicUrl: 'https://observability.example' }, now).write(value, null);
    expect(secure).toBe(`__Host-${name}=${value}; Expires=Fri, 02 Jan 2026 04:04:05 GMT; Path=/; HttpOnly; SameSite=Lax; Secure`);
  });

  it('is split where it exceeds what browsers keep, and read in the right order', async () => {
    const value = session(22_000);
    const browser = await stored(value);
    expect([...browser.cookies.keys()]).toEqual(Array.from({ length: 16 }, (_, index) => `${name}.${index}`));
    for (const line of cookie.write(await cookie.seal(value), null)) {
      expect(line.length).toBeLessThanOrEqual(4096);
    }
    browser.cookies.set('other', 'cookie');
    const shuffled = browser.cookieHeader.split('; ').reverse().join('; ');
    expect((await cookie.read(shuffled))?.session).toEqual(value);
  });

  it('leaves no chunk of a longer value behind', async () => {
    const browser = await stored(session(8_000));
    browser.cookies.set('other', 'cookie');
    browser.store(cookie.write(await cookie.seal(session()), browser.cookieHeader));
    expect([...browser.cookies.keys()].sort()).toEqual([name, 'other']);
    browser.store(cookie.write(await cookie.seal(session(8_000)), browser.cookieHeader));
    expect(browser.cookies.has(name)).toBe(false);
    browser.store(cookie.clear(browser.cookieHeader));
    expect([...browser.cookies.keys()]).toEqual(['other']);
  });

  it('ends when it was not used for session.idle, and session.absolute after the sign-in however fresh it is', async () => {
    let clock = Date.now();
    const later = createSessionCookie(config, () => clock);
    const value = { ...session(), signedInAt: clock };
    const read = async (sealed: string) => later.read(`${name}=${sealed}`);
    const first = await later.seal(value);
    clock += 3_599_000;
    expect(await read(first)).toBeDefined();
    const second = await later.seal(value);
    clock += 1_000;
    expect(await read(first)).toBeUndefined();
    clock += 3_000_000;
    expect(await read(second)).toBeDefined();
    const third = await later.seal(value);
    expect(await read(third)).toBeDefined();
    clock = value.signedInAt + 7_200_000;
    expect(await read(third)).toBeUndefined();
  });

  it.each<[string, (value: string, browser: Browser) => Promise<string> | string]>([
    ['nothing', () => ''],
    ['an empty value', () => `${name}=`],
    ['a value that is no token', () => `${name}=admin`],
    ['one changed character', (value) => `${name}=${value.slice(0, -3)}${value.at(-3) === 'A' ? 'B' : 'A'}${value.slice(-2)}`],
    ['another key', async () => `${name}=${await encode({ token: sealedPayload(session(), Date.now()), secret: 'another secret of at least 32 characters' })}`],
    ['our key for another purpose', async () => `${name}=${await encode({ token: sealedPayload(session(), Date.now()), secret: config.sessionSecret, salt: 'next-auth.state' })}`],
    ['our key and another content', async () => `${name}=${await encode({ token: { sub: 'ada' }, secret: config.sessionSecret })}`],
    ['an unencrypted token', () => `${name}=${btoa('{"alg":"none"}')}.${btoa(JSON.stringify(session()))}.`],
    ['a whole value and a chunk', (value) => `${name}=${value}; ${name}.0=${value}`],
    ['a missing first chunk', (value) => `${name}.1=${value}`],
    ['a chunk that is no number', (value) => `${name}.x=${value}`],
    ['the value under the secure name', (value) => `__Host-${name}=${value}`],
  ])('is refused: %s', async (_, forge) => {
    const browser = await stored(session());
    const value = browser.cookies.get(name) ?? '';
    expect(await cookie.read(`${name}=${value}`)).toBeDefined();
    expect(await cookie.read(await forge(value, browser))).toBeUndefined();
  });
});
