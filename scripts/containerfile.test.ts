/** The Containerfile: nothing here can build it, so its rules are checked on its text. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

interface Instruction {
  readonly name: string;
  readonly value: string;
}

/** Instructions with their continuation lines joined; comments left out. */
function instructions(text: string): Instruction[] {
  const lines = text
    .replaceAll(/^\s*#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const [, name = '', value = ''] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
    return { name, value };
  });
}

const all = instructions(read('Containerfile'));
const starts = all.flatMap(({ name }, index) => (name === 'FROM' ? [index] : []));
const build = all.slice(starts[0], starts[1]);
const runtime = all.slice(starts[1]);
const valuesOf = (part: readonly Instruction[], name: string) => part.filter((instruction) => instruction.name === name).map(({ value }) => value);

describe('the Containerfile', () => {
  it('has two stages, on images that whoever builds it can choose', () => {
    expect(valuesOf(all, 'FROM')).toEqual(['${BUILDER} AS build', '${RUNTIME}']);
    expect(valuesOf(all.slice(0, starts[0]), 'ARG')).toEqual([expect.stringMatching(/^BUILDER=ubi9\//), expect.stringMatching(/^RUNTIME=ubi9\/.*-minimal$/)]);
  });

  it('puts into the image what scripts/image-tree.mjs wrote, and nothing else', () => {
    expect(valuesOf(build, 'RUN').at(-1)).toBe('["node", "scripts/image-tree.mjs", "/image"]');
    expect(valuesOf(runtime, 'COPY')).toEqual(['--from=build --chown=0:0 /image /app']);
    expect([...valuesOf(runtime, 'RUN'), ...valuesOf(all, 'ADD')]).toEqual([]);
  });

  it('installs the packages of every workspace, from the lock file', () => {
    const { workspaces } = JSON.parse(read('package.json')) as { workspaces: string[] };
    const copied = valuesOf(build, 'COPY');
    const installs = build.findIndex(({ name, value }) => name === 'RUN' && value === '["npm", "ci"]');
    for (const workspace of workspaces) {
      const position = build.findIndex(({ name, value }) => name === 'COPY' && value === `${workspace}/package.json ${workspace}/`);
      expect(position, workspace).toBeGreaterThan(0);
      expect(position, workspace).toBeLessThan(installs);
    }
    expect(copied[0]).toBe('package.json package-lock.json .npmrc ./');
  });

  it('runs the app as a user by number that is not root, without a shell', () => {
    expect(valuesOf(runtime, 'USER')).toEqual([expect.stringMatching(/^[1-9]\d*$/)]);
    expect(valuesOf(runtime, 'ENTRYPOINT')).toEqual(['["node", "dist/server.js"]']);
    expect(valuesOf(runtime, 'CMD')).toEqual([]);
    // A form with a shell would not be a JSON array.
    for (const value of [...valuesOf(all, 'RUN'), ...valuesOf(runtime, 'ENTRYPOINT')]) expect(() => void JSON.parse(value)).not.toThrow();
  });

  it('has a health check that needs no shell', () => {
    expect(valuesOf(runtime, 'HEALTHCHECK')).toEqual([expect.stringMatching(/ CMD \["node", "dist\/cli\.js", "health"\]$/)]);
  });

  it('says what it is', () => {
    const labels = valuesOf(runtime, 'LABEL').join(' ');
    for (const label of ['title', 'description', 'licenses', 'version', 'revision']) expect(labels).toContain(`org.opencontainers.image.${label}=`);
    const { version } = JSON.parse(read('package.json')) as { version: string };
    expect(valuesOf(runtime, 'ARG')).toContain(`VERSION=${version}`);
  });

  it('opens the ports of the chart, and holds no secret', () => {
    expect(valuesOf(runtime, 'EXPOSE')).toEqual(['8443 8444']);
    expect([...valuesOf(all, 'ENV'), ...valuesOf(all, 'ARG')].filter((value) => /secret|password|token|key/i.test(value))).toEqual([]);
    expect(read('.containerignore').split('\n')).toEqual(expect.arrayContaining(['**/node_modules', '.git', '**/.env*', '**/*.key']));
  });
});
