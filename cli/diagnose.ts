/** `diagnose`: asks everything behind the app, with the app's own configuration, and says what to do about what is wrong. */
import { loadConfig } from '../lib/config/load';
import { ConfigError } from '../lib/config/problems';
import type { Finding } from '../lib/contracts/status';
import { withConnections } from '../lib/diagnosis/once';
import { oneOf, readArguments } from './arguments';
import { UsageError, type ExitCode, type Terminal } from './terminal';

export const diagnoseUsage = `odh-observability diagnose [options]

  Asks everything behind the app with the app's own configuration (OBSERVABILITY_CONFIG, and its secrets): metrics
  backends, what they hold and how new it is, Kubernetes, the identity provider, the app's certificate. In a pod:
  kubectl exec deployment/odh-observability -- node dist/cli.js diagnose
  Where a backend is asked with people's tokens, OBSERVABILITY_TOKEN is one of an administrator. Ends with 1 when
  there is a problem.

  --format text|json   how to say what was found (default: text)
`;

export async function diagnose(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, { format: { type: 'string', default: 'text' } });
  const format = oneOf('format', values.format, ['text', 'json']);
  if (positionals.length > 0) throw new UsageError('Nothing else can be named: what is asked comes from the configuration.');
  try {
    const findings = await withConnections(loadConfig(terminal.environment), { token: terminal.environment['OBSERVABILITY_TOKEN'], fetch: terminal.fetch }, ({ diagnose: ask }) => ask());
    terminal.out(format === 'json' ? `${JSON.stringify({ findings }, null, 2)}\n` : asTable(findings));
    return findings.some(({ state }) => state === 'problem') ? 1 : 0;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    terminal.err(error.message);
    return 2;
  }
}

function asTable(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ subject }) => subject.length));
  return findings
    .flatMap(({ state, subject, found, next }) => [`${state.padEnd(7)}  ${subject.padEnd(width)}  ${found}`, ...(next === undefined ? [] : [`${' '.repeat(9 + width)}  → ${next}`])])
    .join('\n')
    .concat('\n');
}
