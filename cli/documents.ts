/**
 * The dashboards of a text: `PersesDashboard` resources, dashboards as Perses writes them, and those that a ConfigMap
 * holds, each with a way back to its place in the text.
 */
import { parseYaml, YamlSyntaxError, type Position, type YamlDocument } from '../lib/config/yaml';
import { z } from '../lib/contracts/zod';
import { isNewCustomResource, parseDashboard } from '../lib/dashboards/parse';
import type { Dashboard } from '../lib/contracts/dashboard';
import type { Rule } from '../lib/dashboards/check/rules';
import { filesIn, readText } from './files';
import { UsageError } from './terminal';

/** Something that is wrong in a text. */
export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Where in the resource, joined by dots; empty for all of it. */
  readonly path: string;
  readonly rule: Rule;
  readonly reason: string;
}

/** A dashboard and where it stands. */
export interface FoundDashboard {
  readonly file: string;
  readonly dashboard: Dashboard;
  /** The resource as it was written; for what a ConfigMap holds, what stands under its key. */
  readonly resource: unknown;
  /** Finding at a path from the dashboard's specification. */
  readonly finding: (path: readonly PropertyKey[], rule: Rule, reason: string) => Finding;
  /** Finding at the dashboard's name. */
  readonly findingAtName: (rule: Rule, reason: string) => Finding;
}

export interface FoundDocuments {
  readonly dashboards: readonly FoundDashboard[];
  readonly findings: readonly Finding[];
}

/** One document with a way back to its place in the file. */
interface Located {
  readonly value: unknown;
  /** Comes before every path: where a ConfigMap holds the document. */
  readonly prefix: readonly PropertyKey[];
  readonly positionOf: (path: readonly PropertyKey[]) => Position;
}

const configMapSchema = z.looseObject({ kind: z.literal('ConfigMap'), data: z.record(z.string(), z.string()).optional(), metadata: z.looseObject({ namespace: z.string().optional() }).optional() });

/**
 * @param file name of the text, for findings
 * @param platformProject project of dashboards that name none
 */
export function dashboardsIn(file: string, text: string, platformProject: string): FoundDocuments {
  const dashboards: FoundDashboard[] = [];
  const findings: Finding[] = [];
  const findingAt = ({ prefix, positionOf }: Located, path: readonly PropertyKey[], rule: Rule, reason: string): Finding => ({
    file,
    ...positionOf(path),
    path: [...prefix, ...path].join('.'),
    rule,
    reason,
  });

  function read(document: Located, project: string): void {
    const parsed = parseDashboard(document.value, project);
    if ('problems' in parsed) {
      findings.push(...parsed.problems.map(({ path, reason }) => findingAt(document, path, 'schema', reason)));
      return;
    }
    const place = isNewCustomResource(document.value) ? ['spec', 'config'] : ['spec'];
    dashboards.push({
      file,
      dashboard: parsed.dashboard,
      resource: document.value,
      finding: (path, rule, reason) => findingAt(document, [...place, ...path], rule, reason),
      findingAtName: (rule, reason) => findingAt(document, ['metadata', 'name'], rule, reason),
    });
  }

  function readConfigMap(document: YamlDocument, { data, metadata }: z.infer<typeof configMapSchema>): void {
    const project = metadata?.namespace ?? platformProject;
    for (const [key, content] of Object.entries(data ?? {})) {
      const prefix = ['data', key];
      const start = document.positionOf(prefix);
      const inside = insideOf(text, start);
      try {
        for (const { value, positionOf } of parseYaml(content)) read({ value, prefix, positionOf: (path) => inside(positionOf(path)) }, project);
      } catch (error) {
        if (!(error instanceof YamlSyntaxError)) throw error;
        findings.push(findingAt({ value: undefined, prefix, positionOf: () => inside(error.position) }, [], 'syntax', error.message));
      }
    }
    if (Object.keys(data ?? {}).length === 0) findings.push({ file, ...document.positionOf(['data']), path: 'data', rule: 'schema', reason: 'the ConfigMap holds no dashboard' });
  }

  try {
    const documents = parseYaml(text);
    if (documents.length === 0) findings.push({ file, line: 1, column: 1, path: '', rule: 'schema', reason: 'the file holds no dashboard' });
    for (const document of documents) {
      const configMap = configMapSchema.safeParse(document.value);
      if (configMap.success) readConfigMap(document, configMap.data);
      else read({ value: document.value, prefix: [], positionOf: document.positionOf }, platformProject);
    }
  } catch (error) {
    if (!(error instanceof YamlSyntaxError)) throw error;
    findings.push({ file, ...error.position, path: '', rule: 'syntax', reason: error.message });
  }
  return { dashboards, findings };
}

/**
 * All dashboards of files and folders.
 *
 * @throws UsageError when one of them holds something that is no dashboard: what is compared or converted must be whole
 */
export async function readDashboards(names: readonly string[], platformProject: string): Promise<Dashboard[]> {
  const found = await Promise.all((await filesIn(names)).map(async (file) => dashboardsIn(file, await readText(file), platformProject)));
  const [wrong] = found.flatMap(({ findings }) => findings);
  if (wrong !== undefined) throw new UsageError(`${wrong.file}:${wrong.line}:${wrong.column}: ${wrong.path}: ${wrong.reason}`);
  return found.flatMap(({ dashboards }) => dashboards.map(({ dashboard }) => dashboard));
}

/** From a place in a text that a file holds as one value to the place in the file. */
function insideOf(text: string, start: Position): (position: Position) => Position {
  const lines = text.split('\n');
  const isBlock = /^[|>]/.test((lines[start.line - 1] ?? '').slice(start.column - 1));
  // A quoted text has no lines of its own that could be found again.
  if (!isBlock) return () => start;
  const first = lines.slice(start.line).find((line) => line.trim() !== '') ?? '';
  const indentation = first.length - first.trimStart().length;
  return ({ line, column }) => ({ line: start.line + line, column: indentation + column });
}
