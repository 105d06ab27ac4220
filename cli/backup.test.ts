/** `backup` and `restore`, rehearsed: what real stores keep, lost and brought back; and archives that nobody should trust. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { createDirectorySource } from '../lib/dashboards/directory';
import { createSettingsStore } from '../lib/dashboards/manage/settings-store';
import { combineSources } from '../lib/dashboards/store';
import { dashboard } from '../lib/dashboards/testing/resources';
import { createDirectoryWriter } from '../lib/dashboards/writer';
import { createPreferenceStore } from '../lib/preferences/store';
import { createLogger } from '../lib/telemetry/logger';
import { folderWith, runCommand, type Ran } from './testing/terminal';

const secrets = { OBSERVABILITY_SESSION_SECRET: 'session-secret-session-secret-1234', OBSERVABILITY_CLIENT_SECRET: 'client-secret' };
const log = createLogger('error', { write: () => undefined });
const date = () => Date.UTC(2026, 0, 1);
const wholeName = 'a'.repeat(120);

/** An app's own stores as the chart lays them out, with the commands that use its configuration. */
async function app(without: readonly ('settings' | 'preferences')[] = []) {
  const root = await folderWith({});
  const own = join(root, 'dashboards');
  const settingsFile = join(own, '.settings', 'settings.json');
  const preferences = join(own, '.preferences');
  const config = {
    publicUrl: 'http://127.0.0.1:3000',
    identity: { issuer: 'http://127.0.0.1:1', clientId: 'app' },
    datasources: [{ name: 'prometheus', default: true, url: 'http://127.0.0.1:1' }],
    dashboards: { own, ...(without.includes('settings') ? {} : { settings: settingsFile }) },
    ...(without.includes('preferences') ? {} : { preferences: { store: preferences } }),
  };
  writeFileSync(join(root, 'config.yaml'), stringify(config));
  const environment = { OBSERVABILITY_CONFIG: join(root, 'config.yaml'), ...secrets };
  return {
    root,
    own,
    // Each time as after a start: nothing is remembered.
    stores: (now = () => 0) => ({
      writer: createDirectoryWriter({ directory: own, onChange: () => undefined, date }),
      dashboards: combineSources([createDirectorySource({ name: 'own', directory: own, platformProject: 'opendatahub', mayBeMissing: true, log, now })]),
      settings: createSettingsStore({ file: settingsFile, log, now, date }),
      preferences: createPreferenceStore({ directory: preferences, date }),
    }),
    command: (...args: string[]): Promise<Ran> => runCommand(args, environment),
    files: () => filesBelow(own),
    lose: () => rmSync(own, { recursive: true, force: true }),
  };
}

type App = Awaited<ReturnType<typeof app>>;

/** Contents by path. */
function filesBelow(directory: string): Record<string, string> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(files.map(({ parentPath, name }): [string, string] => [relative(directory, join(parentPath, name)), readFileSync(join(parentPath, name), 'base64')]).sort());
}

/** What the stores themselves say of everything that is kept. */
async function seenIn({ stores }: App) {
  const { writer, dashboards, settings, preferences } = stores();
  return {
    dashboards: await dashboards.list(),
    histories: [await writer.history('fraud-detection', 'own'), await writer.history('fraud-detection', 'removed'), await writer.history('fraud-detection', wholeName)],
    settings: await settings.read(),
    preferences: [await preferences.read('lee'), await preferences.read('kim/../ö'), await preferences.read('nobody')],
  };
}

async function inUse(): Promise<App> {
  const used = await app();
  const { writer, settings, preferences } = used.stores();
  for (const name of ['own', 'removed', wholeName]) await writer.create(dashboard('fraud-detection', name, {}), { name: 'Lee' });
  await writer.update(dashboard('fraud-detection', 'own', { category: 'serving' }), { name: 'Kim Ö' });
  await writer.remove('fraud-detection', 'removed');
  // One that somebody put there is served, and so belongs to it.
  writeFileSync(join(used.own, 'by hand.yaml'), stringify(dashboard('llm-research', 'by-hand', {})));
  utimesSync(join(used.own, 'by hand.yaml'), date() / 1000, date() / 1000);
  await settings.change(0, () => ({ version: 0, dashboards: { 'opendatahub/serving': { enabled: false, changedAt: '2026-01-01T00:00:00.000Z', changedBy: 'Lee' } }, homes: { groups: {} } }));
  await preferences.change('lee', { favourites: ['fraud-detection/own'] });
  await preferences.change('kim/../ö', { favourites: ['opendatahub/serving'] });
  return used;
}

describe('a rehearsed restore', () => {
  it('brings back every byte, and the stores say the same as before', async () => {
    const used = await inUse();
    const archive = join(used.root, 'backup.tar.gz');
    const [files, seen] = [used.files(), await seenIn(used)];
    expect(seen.histories.map(({ length }) => length)).toEqual([1, 1, 0]);
    expect(seen.dashboards).toHaveLength(3);
    expect(seen.settings.settings.version).toBe(1);

    expect(await used.command('backup', archive)).toMatchObject({ code: 0, err: expect.stringMatching(/^Backed up dashboards: 5 files, settings: 1 file, preferences: 2 files\. Left out:\n[^]*secrets[^]*Audit records/) as string });
    used.lose();
    expect(await used.command('restore', archive)).toMatchObject({ code: 0, err: expect.stringContaining('dashboards: 5 files, settings: 1 file, preferences: 2 files.') as string });
    expect(used.files()).toEqual(files);
    expect(await seenIn(used)).toEqual(seen);
  });

  it('goes on as before: a removed dashboard that is made anew gets the next version, settings and preferences are changed', async () => {
    const used = await inUse();
    const archive = join(used.root, 'backup.tar.gz');
    await used.command('backup', archive);
    used.lose();
    await used.command('restore', archive);
    const { writer, settings, preferences } = used.stores();
    expect((await writer.create(dashboard('fraud-detection', 'removed', {}))).metadata.version).toBe(2);
    expect((await settings.change(1, (before) => before)).after.version).toBe(2);
    expect(await preferences.change('lee', { favourites: [] })).toEqual({});
  });

  it('into another installation that keeps its things elsewhere', async () => {
    const [used, other] = [await inUse(), await app()];
    const archive = join(used.root, 'backup.tar.gz');
    await used.command('backup', archive);
    expect(await other.command('restore', archive)).toMatchObject({ code: 0 });
    expect(await seenIn(other)).toMatchObject({ settings: (await seenIn(used)).settings, preferences: (await seenIn(used)).preferences });
    expect(other.files()).toEqual(used.files());
  });

  it('of a backup that went through standard output, whose files the tools of every machine check', async () => {
    const used = await inUse();
    const { code, bytes } = await used.command('backup', '-');
    expect(code).toBe(0);
    const folder = await folderWith({});
    writeFileSync(join(folder, 'backup.tar.gz'), bytes ?? '');
    execFileSync('tar', ['-xzf', 'backup.tar.gz'], { cwd: folder });
    const unpacked = join(folder, 'odh-observability-backup');
    expect(execFileSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: unpacked, encoding: 'utf8' }).trim().split('\n')).toHaveLength(9);
    expect(JSON.parse(readFileSync(join(unpacked, 'manifest.json'), 'utf8'))).toMatchObject({ format: 1, parts: ['dashboards', 'settings', 'preferences'] });
    used.lose();
    expect(await used.command('restore', join(folder, 'backup.tar.gz'))).toMatchObject({ code: 0 });
  });

  it('replaces what is there only when told to, and then removes what the archive does not hold', async () => {
    const used = await inUse();
    const archive = join(used.root, 'backup.tar.gz');
    await used.command('backup', archive);
    const files = used.files();
    const { writer, preferences } = used.stores();
    await writer.create(dashboard('fraud-detection', 'later', {}));
    await writer.update(dashboard('fraud-detection', 'own', { category: 'cost' }));
    await preferences.change('later', { favourites: ['fraud-detection/own'] });
    const changed = used.files();
    expect(await used.command('restore', archive)).toMatchObject({ code: 1, err: expect.stringMatching(/dashboards \(dashboards\.own\) is not empty: 7 files are there\. With --replace/) as string });
    expect(used.files()).toEqual(changed);
    expect(await used.command('restore', archive, '--replace')).toMatchObject({ code: 0 });
    expect(used.files()).toEqual(files);
  });

  it('is seen by an app that goes on running', async () => {
    const used = await inUse();
    const archive = join(used.root, 'backup.tar.gz');
    await used.command('backup', archive);
    let time = 0;
    const { writer, dashboards, settings, preferences } = used.stores(() => time);
    const metadata = async () => (await dashboards.get('fraud-detection', 'own'))?.metadata;
    const before = await metadata();
    await writer.update(dashboard('fraud-detection', 'own', { category: 'cost' }));
    await settings.change(1, (now) => now);
    await preferences.change('lee', { favourites: [] });
    time = 3_000;
    expect(await metadata()).not.toEqual(before);
    expect(await used.command('restore', archive, '--replace')).toMatchObject({ code: 0 });
    time = 6_000;
    expect(await metadata()).toEqual(before);
    expect((await settings.read()).settings.version).toBe(1);
    expect(await preferences.read('lee')).toEqual({ favourites: ['fraud-detection/own'] });
  });

  it('leaves what the archive is no backup of as it is', async () => {
    const [partly, used] = [await app(['preferences']), await inUse()];
    await partly.stores().writer.create(dashboard('llm-research', 'other', {}));
    const archive = join(partly.root, 'backup.tar.gz');
    expect(await partly.command('backup', archive)).toMatchObject({ code: 0, err: expect.stringContaining('preferences.store is not set') as string });
    const before = await seenIn(used);
    expect(await used.command('restore', archive, '--replace')).toMatchObject({ code: 0 });
    const after = await seenIn(used);
    expect(after.preferences).toEqual(before.preferences);
    expect(after.dashboards.map(({ metadata }) => metadata.name)).toEqual(['other']);
    expect(after.settings.settings.version).toBe(0);
  });
});

interface Entry {
  readonly name: string;
  readonly content?: string;
  readonly type?: 'link' | 'symlink';
  readonly linkname?: string;
}

const manifest = (changes: object = {}): Entry => ({
  name: 'odh-observability-backup/manifest.json',
  content: JSON.stringify({ kind: 'odh-observability-backup', format: 1, app: '0.1.0', made: '2026-01-01T00:00:00.000Z', parts: ['dashboards'], leftOut: [], ...changes }),
});

async function archiveOf(entries: readonly Entry[]): Promise<Buffer> {
  const tar = pack();
  for (const { content = '', ...header } of entries) tar.entry(header, content);
  tar.finalize();
  return gzipSync(await buffer(tar));
}

describe('refused, with nothing changed', () => {
  async function refused(bytes: Uint8Array, into: Promise<App> = app()): Promise<string> {
    const target = await into;
    mkdirSync(target.own);
    const archive = join(target.root, 'archive.tar.gz');
    writeFileSync(archive, bytes);
    const { code, err } = await target.command('restore', archive);
    expect(code).toBe(1);
    expect(target.files()).toEqual({});
    expect(readdirSync(target.root).sort()).toEqual(['archive.tar.gz', 'config.yaml', 'dashboards']);
    return err;
  }

  async function good(): Promise<Buffer> {
    const { bytes } = await (await inUse()).command('backup', '-');
    return bytes ?? Buffer.alloc(0);
  }

  it('an archive of which a part is missing, and one with a wrong byte', async () => {
    const bytes = await good();
    expect(await refused(bytes.subarray(0, bytes.length / 2))).toContain('The archive is damaged, or is none');
    const tar = gunzipSync(bytes);
    const at = tar.indexOf('"own"');
    tar.write('"OWN"', at);
    expect(await refused(gzipSync(tar))).toMatch(/^The archive is damaged: dashboards\/.*fraud-detection\.own.* not what was backed up\.$/m);
  });

  it('one that ends between two files, and one without its list of digests', async () => {
    const tar = gunzipSync(await good());
    const end = tar.indexOf('odh-observability-backup/SHA256SUMS');
    expect(await refused(gzipSync(tar.subarray(0, end)))).toContain('its end is missing');
    expect(await refused(await archiveOf([manifest()]))).toContain('its end is missing');
  });

  it('what is no archive, or another program’s', async () => {
    expect(await refused(Buffer.from('no archive'))).toContain('The archive is damaged, or is none');
    expect(await refused(await archiveOf([{ name: 'odh-observability/README.txt', content: 'must-gather' }]))).toContain('"odh-observability/README.txt", which is no file of a backup');
    expect(await refused(await archiveOf([{ name: 'odh-observability-backup/README.txt' }]))).toContain('does not begin with a manifest');
    expect(await refused(await archiveOf([manifest({ kind: 'other' })]))).toContain('its manifest says something else');
  });

  it('one of another format', async () => {
    expect(await refused(await archiveOf([manifest({ format: 2, parts: ['something new'] })]))).toContain('The archive has format 2, and this version of the app reads format 1.');
  });

  it.each([
    'dashboards/../../escaped.json',
    'dashboards/.history/../../escaped/1.json',
    'dashboards/.history/a.b/../1.json',
    'dashboards//etc/escaped.json',
    'dashboards/..\\escaped.json',
    'dashboards/.hidden.json',
    'dashboards/deeper/escaped.json',
    'dashboards/script.sh',
    'preferences/escaped.json',
    '../escaped.json',
    '/escaped.json',
  ])('a file that would leave its place: %s', async (name) => {
    const file = { name: `odh-observability-backup/${name}`, content: '{}' };
    expect(await refused(await archiveOf([manifest({ parts: ['dashboards', 'preferences'] }), file]))).toContain('no file of a backup');
  });

  it('links, wherever they lead', async () => {
    for (const type of ['symlink', 'link'] as const) {
      expect(await refused(await archiveOf([manifest(), { name: 'odh-observability-backup/dashboards/a.json', type, linkname: '/etc/passwd' }]))).toContain('no file of a backup');
    }
  });

  it('a file that stands there twice, or after the list of digests', async () => {
    const file = { name: 'odh-observability-backup/dashboards/a.json', content: '{}' };
    expect(await refused(await archiveOf([manifest(), file, file]))).toContain('dashboards/a.json');
    expect(await refused(await archiveOf([manifest(), { name: 'odh-observability-backup/SHA256SUMS' }, file]))).toContain('dashboards/a.json');
  });

  it('files of a part that the manifest does not name, or that the configuration has no place for', async () => {
    expect(await refused(await archiveOf([manifest(), { name: 'odh-observability-backup/settings/settings.json' }]))).toContain('no file of a backup');
    expect(await refused(await good(), app(['settings']))).toContain('The archive holds settings, and the configuration has no place for them. Set dashboards.settings.');
  });
});

describe('said, not guessed', () => {
  it('a folder that cannot be used, an archive that cannot be written or read, and none at all', async () => {
    const used = await inUse();
    const archive = join(used.root, 'backup.tar.gz');
    expect(await used.command('backup', join(used.root, 'nowhere', 'backup.tar.gz'))).toMatchObject({ code: 1, err: expect.stringContaining('The backup is not complete') as string });
    await used.command('backup', archive);
    expect(readdirSync(used.root)).not.toContain('backup.tar.gz.part');
    expect(await used.command('restore', join(used.root, 'nowhere'))).toMatchObject({ code: 2, err: expect.stringContaining('cannot be read') as string });
    for (const command of ['backup', 'restore']) expect(await used.command(command)).toMatchObject({ code: 2, err: expect.stringContaining('Name one archive.') as string });
    used.lose();
    writeFileSync(used.own, 'a file where the folder was');
    expect(await used.command('restore', archive)).toMatchObject({ code: 1, err: expect.stringContaining(`${used.own} (dashboards.own) cannot be used`) as string });
    expect(await used.command('backup', archive)).toMatchObject({ code: 1 });
    expect(readFileSync(archive).length).toBeGreaterThan(0);
  });

  it('a configuration that keeps nothing, and one that is not valid', async () => {
    const { root } = await app();
    const config = join(root, 'config.yaml');
    writeFileSync(config, readFileSync(config, 'utf8').replace(/^dashboards:\n(?: .*\n)+/m, '').replace(/^preferences:\n(?: .*\n?)+/m, ''));
    const environment = { OBSERVABILITY_CONFIG: config, ...secrets };
    expect(await runCommand(['backup', '-'], environment)).toMatchObject({ code: 1, err: expect.stringContaining('none of dashboards.own, dashboards.settings, preferences.store') as string });
    writeFileSync(config, 'publicUrl: nowhere\n');
    for (const args of [['backup', '-'], ['restore', config]]) expect(await runCommand(args, environment)).toMatchObject({ code: 2, err: expect.stringContaining('publicUrl') as string });
  });
});
