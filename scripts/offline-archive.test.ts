/** What the archive for disconnected clusters says of images: that nothing else is needed. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { imageList, offlineContainerfile } from './offline-archive.mjs';

const root = join(import.meta.dirname, '..');
const containerfile = readFileSync(join(root, 'Containerfile'), 'utf8');
const byDigest = `registry.example.com/ubi9/nodejs-24-minimal@sha256:${'0123456789abcdef'.repeat(4)}`;

it('lists the base image, with its digest where it is named by one, and the app’s', () => {
  expect(imageList(containerfile, '1.2.3').map(({ image, digest }) => [image, digest])).toEqual([['ubi9/nodejs-24-minimal', null], ['odh-observability:1.2.3', null]]);
  expect(imageList(containerfile, '1.2.3', byDigest)[0]).toMatchObject({ image: byDigest, digest: `sha256:${'0123456789abcdef'.repeat(4)}` });
  expect(imageList(containerfile, '1.2.3', `${byDigest}0`)[0]).toMatchObject({ digest: null });
});

it('lists all that the chart runs: every container in it has the app’s image', () => {
  const templates = join(root, 'helm', 'odh-observability', 'templates');
  const files = readdirSync(templates, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
  const images = files.flatMap((file) => [...readFileSync(join(templates, file), 'utf8').matchAll(/^\s*(?:- )?image:\s*(.*)$/gm)].map(([, image]) => image));
  expect(images.length).toBeGreaterThan(1);
  expect(new Set(images)).toEqual(new Set(['{{ include "odh-observability.image" . }}']));
});

it('has a Containerfile that builds nothing and takes nothing from elsewhere', () => {
  const offline = offlineContainerfile(containerfile, byDigest);
  expect(offline).toContain(`ARG RUNTIME=${byDigest}\n`);
  expect(offline.match(/^(?:FROM|COPY|RUN|ADD) .*$/gm)).toEqual(['FROM ${RUNTIME}', 'COPY --chown=0:0 image /app']);
  expect(offline).toContain('USER 1001');
  expect(offline).toContain('ENTRYPOINT ["node", "dist/server.js"]');
  expect(() => offlineContainerfile('FROM scratch\n')).toThrow('names no RUNTIME');
  expect(() => offlineContainerfile('ARG RUNTIME=a\nFROM ${RUNTIME}\n')).toThrow('another form');
});
