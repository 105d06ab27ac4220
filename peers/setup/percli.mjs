// The command line of Perses.
import { ensureGoTools } from './go-tools.mjs';

/** Path of `percli`. */
export async function ensurePercli({ steps }) {
  const { percli } = await ensureGoTools({ steps, title: 'percli', folder: 'peers/percli', programs: { percli: { packagePath: 'github.com/perses/perses/cmd/percli' } } });
  return percli;
}
