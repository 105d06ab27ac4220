/** `restore`: what `backup` wrote, back to where the configuration says. */
import { restoreBackup } from '../lib/backup/archive';
import { partsOf } from '../lib/backup/state';
import { loadConfig } from '../lib/config/load';
import { readArguments } from './arguments';
import { inWords, oneArchive, saying } from './backup';
import { openToRead } from './files';
import type { ExitCode, Terminal } from './terminal';

export const restoreUsage = `odh-observability restore <archive> [options]

  Restores an archive that backup wrote, to where the app's own configuration says (OBSERVABILITY_CONFIG, and its secrets).
  It is checked as a whole first: one that is damaged, of another format, or that holds what does not belong there changes
  nothing. Nobody should change dashboards meanwhile; the app notices by itself. In a pod:
  kubectl exec -i deployment/odh-observability -- node dist/cli.js restore - < backup.tar.gz

  <archive>   a file, or - for standard input
  --replace   where something is kept already: remove it, and have what the archive holds. Without it that is refused.
`;

export async function restore(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, { replace: { type: 'boolean', default: false } });
  const archive = oneArchive(positionals);
  return saying(terminal, async () => {
    const parts = partsOf(loadConfig(terminal.environment));
    const { manifest, counts } = await restoreBackup(await openToRead(archive), parts, values);
    terminal.err(`Restored the backup of ${manifest.made} (version ${manifest.app}). ${inWords(counts)}.`);
  });
}
