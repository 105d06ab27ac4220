/** What docs/walkthroughs.md promises of each walk-through. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../demo/setup/index.mjs';

/**
 * @param question heading of the walk-through
 * @throws Error when the page has no such heading with a number of clicks
 */
export function promisedClicks(question: string): number {
  const page = readFileSync(join(projectRoot, 'docs', 'walkthroughs.md'), 'utf8');
  const heading = page.split('\n').find((line) => line.startsWith(`## ${question} (`));
  const clicks = /\((\d+) clicks?\)$/.exec(heading ?? '')?.[1];
  if (clicks === undefined) throw new Error(`docs/walkthroughs.md has no heading "${question} (… clicks)"`);
  return Number(clicks);
}
