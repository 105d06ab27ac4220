/** The commands of `odh-observability`, and what is said when there is none of a name. */
import { backup, backupUsage } from './backup';
import { diagnose, diagnoseUsage } from './diagnose';
import { diff, diffUsage } from './diff';
import { exportDashboards, exportUsage } from './export';
import { health, healthUsage } from './health';
import { importGrafanaFile, importGrafanaUsage } from './import-grafana';
import { mustGather, mustGatherUsage } from './must-gather';
import { render, renderUsage } from './render';
import { restore, restoreUsage } from './restore';
import { UsageError, type ExitCode, type Terminal } from './terminal';
import { validate, validateUsage } from './validate';

interface Command {
  readonly usage: string;
  readonly run: (args: readonly string[], terminal: Terminal) => Promise<ExitCode>;
}

const commands: Readonly<Record<string, Command>> = {
  validate: { usage: validateUsage, run: validate },
  'import-grafana': { usage: importGrafanaUsage, run: importGrafanaFile },
  export: { usage: exportUsage, run: exportDashboards },
  diff: { usage: diffUsage, run: diff },
  render: { usage: renderUsage, run: render },
  diagnose: { usage: diagnoseUsage, run: diagnose },
  health: { usage: healthUsage, run: health },
  'must-gather': { usage: mustGatherUsage, run: mustGather },
  backup: { usage: backupUsage, run: backup },
  restore: { usage: restoreUsage, run: restore },
};

const usage = `Dashboards of OpenShift AI as code. Commands:

${Object.values(commands)
  .map((command) => command.usage)
  .join('\n')}`;

/**
 * Runs one command.
 *
 * @param args without the program's own name
 * @returns the exit code: 0 fine, 1 problems or differences, 2 not understood or not readable
 */
export async function run([name = '', ...args]: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    const asksForHelp = ['help', '--help', '-h'].includes(name);
    if (asksForHelp) terminal.out(usage);
    else terminal.err(`${name === '' ? 'No command is given.' : `There is no command "${name}".`}\n\n${usage}`);
    return asksForHelp ? 0 : 2;
  }
  if (args.includes('--help')) {
    terminal.out(command.usage);
    return 0;
  }
  try {
    return await command.run(args, terminal);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.err(`${error.message}\n\n${command.usage}`);
    return 2;
  }
}
