/** That links in the documents lead somewhere: to a file of the repository, and to a heading or an anchor in it. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { anchorOf } from '../lib/dashboards/check/links';

const root = join(import.meta.dirname, '..');
const inRoot = readdirSync(root).filter((name) => name.endsWith('.md'));
const below = ['docs', 'examples'].flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)));
const documents = [...inRoot, ...below.filter((name) => name.endsWith('.md'))];

/** Code holds no links and no headings. */
const proseOf = (path: string): string => readFileSync(path, 'utf8').replaceAll(/^ *```[^]*?^ *```$/gm, '');

function anchorsIn(path: string): Set<string> {
  const text = proseOf(path);
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));
  const marked = [...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id);
  return new Set([...headings, ...marked]);
}

/** What is wrong with a link of a document; undefined for one that leads somewhere, and for one to another site. */
function problemOf(document: string, target: string): string | undefined {
  if (/^[a-z]+:/.test(target)) return undefined;
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? join(root, document) : join(root, dirname(document), path);
  if (relative(root, file).startsWith('..') || !existsSync(file)) return `${document}: there is no ${target}`;
  return anchor === undefined || (statSync(file).isFile() && anchorsIn(file).has(anchor)) ? undefined : `${document}: ${path} has no #${anchor}`;
}

it('links of the documents lead to what there is', () => {
  const links = documents.flatMap((document) => [...proseOf(join(root, document)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => [document, target] as const));
  expect(links.length).toBeGreaterThan(100);
  expect(links.flatMap(([document, target]) => problemOf(document, target) ?? [])).toEqual([]);
});

it('every built-in dashboard is in the list of the guide, with its picture and its runbook', () => {
  const guide = proseOf(join(root, 'docs', 'using-dashboards.md'));
  const names = readdirSync(join(root, 'dashboards')).map((file) => file.replace(/\.yaml$/, ''));
  expect(names.filter((name) => !guide.includes(`(images/dashboards/${name}-light-1024.png), [runbook](runbooks/${name}.md)`))).toEqual([]);
});
