/** Pictures for the documents, taken when `SCREENSHOTS` is set, so that a run changes no files otherwise. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { projectRoot } from '../../demo/setup/index.mjs';

const folder = join(projectRoot, 'docs', 'images', 'viewer');
const fileOf = (name: string): string => join(folder, `${name}.png`);

/**
 * @param shown a page as far as its window shows it, or a part of one
 * @param name of the file in docs/images/viewer, without its ending
 */
export async function picture(shown: Page | Locator, name: string): Promise<void> {
  if (process.env.SCREENSHOTS !== undefined) {
    // A test that looked at both themes leaves colours on their way from one to the other.
    await shown.screenshot({ path: fileOf(name), animations: 'disabled' });
  }
}

/** The same for a picture that there is already. */
export async function savePicture(bytes: Buffer, name: string): Promise<void> {
  if (process.env.SCREENSHOTS !== undefined) {
    await mkdir(folder, { recursive: true });
    await writeFile(fileOf(name), bytes);
  }
}
