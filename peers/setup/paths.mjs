// Where the peers are kept: built once, used by every later run.
import { join } from 'node:path';
import { projectRoot } from '../../demo/setup/index.mjs';

export const cache = join(projectRoot, '.cache', 'peers');
