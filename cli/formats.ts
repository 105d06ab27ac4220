/** What was found, as people and as programs read it. */
import { rules } from '../lib/dashboards/check/rules';
import type { Finding } from './documents';

export const formats = ['text', 'json', 'sarif', 'junit'] as const;
export type Format = (typeof formats)[number];

export interface Result {
  /** In the order in which they were given. */
  readonly files: readonly string[];
  readonly dashboards: number;
  readonly findings: readonly Finding[];
}

export const write: Readonly<Record<Format, (result: Result) => string>> = { text, json, sarif, junit };

const messageOf = ({ path, reason }: Finding): string => (path === '' ? reason : `${path}: ${reason}`);

function text({ files, dashboards, findings }: Result): string {
  const lines = findings.map((finding) => `${finding.file}:${finding.line}:${finding.column}: ${messageOf(finding)} [${finding.rule}]\n  ${rules[finding.rule]}\n`);
  const count = findings.length === 0 ? 'no problems' : `${findings.length} ${findings.length === 1 ? 'problem' : 'problems'}`;
  return `${lines.join('')}${dashboards} ${dashboards === 1 ? 'dashboard' : 'dashboards'} in ${files.length} ${files.length === 1 ? 'file' : 'files'}: ${count}\n`;
}

function json({ files, dashboards, findings }: Result): string {
  return `${JSON.stringify({ files, dashboards, problems: findings.map((finding) => ({ ...finding, remedy: rules[finding.rule] })) }, null, 2)}\n`;
}

/** https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
function sarif({ findings }: Result): string {
  const ids = Object.keys(rules);
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'odh-observability', rules: Object.entries(rules).map(([id, remedy]) => ({ id, help: { text: remedy } })) } },
        results: findings.map((finding) => ({
          ruleId: finding.rule,
          ruleIndex: ids.indexOf(finding.rule),
          level: 'error',
          message: { text: `${messageOf(finding)}. ${rules[finding.rule]}` },
          locations: [{ physicalLocation: { artifactLocation: { uri: finding.file.replaceAll('\\', '/') }, region: { startLine: finding.line, startColumn: finding.column } } }],
        })),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/** As Jenkins, GitLab and others read it: one test case for each file, one failure for each problem. */
function junit({ files, findings }: Result): string {
  const cases = files.map((file) => {
    const mine = findings.filter((finding) => finding.file === file);
    const failures = mine.map(
      (finding) => `      <failure type="${xml(finding.rule)}" message="${xml(messageOf(finding))}">${xml(`${finding.file}:${finding.line}:${finding.column}\n${rules[finding.rule]}`)}</failure>\n`,
    );
    return `    <testcase classname="dashboards" name="${xml(file)}">\n${failures.join('')}    </testcase>\n`;
  });
  const broken = new Set(findings.map(({ file }) => file)).size;
  const totals = `tests="${files.length}" failures="${broken}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${totals}>\n  <testsuite name="odh-observability validate" ${totals}>\n${cases.join('')}  </testsuite>\n</testsuites>\n`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;', '\n': '&#10;' };

function xml(value: string): string {
  // eslint-disable-next-line no-control-regex -- XML has no way to write these
  return value.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '\u{fffd}').replaceAll(/[&<>"'\n]/g, (character) => entities[character] ?? character);
}
