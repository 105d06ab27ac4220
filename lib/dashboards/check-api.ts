/**
 * `POST /api/manage/check`: everything that is wrong with the text of a dashboard, each at its line, for an editor. It
 * stores nothing and asks no metrics backend.
 */
import { parseYaml, YamlSyntaxError, type Position } from '../config/yaml';
import { checkRequestSchema, type CheckAnswer, type TextProblem } from '../contracts/editor';
import type { Dashboard } from '../contracts/dashboard';
import { readJson } from '../http/body';
import { jsonResponse } from '../http/json';
import type { IdentityHandler } from '../http/with-identity';
import { isOfTaste, rules, type Rule, type RuleProblem } from './check/rules';
import { isNewCustomResource, parseDashboard } from './parse';

export interface CheckApiDependencies {
  /** What a dashboard breaks of the rules (`check/rules.ts`). */
  readonly brokenRules: (dashboard: Dashboard) => readonly RuleProblem[];
  readonly platformProject: string;
}

/** As much as the host's proxy lets through. */
const maxBytes = 1024 * 1024;

/** Handler; it throws AppError `ERR_QUERY_001` and `ERR_QUERY_003` for a body that is not what is expected, or larger. */
export function createCheckApi(dependencies: CheckApiDependencies): IdentityHandler {
  return async (request) => {
    const { text } = await readJson(request, checkRequestSchema, maxBytes);
    return jsonResponse(checkText(text, dependencies));
  };
}

export function checkText(text: string, { brokenRules, platformProject }: CheckApiDependencies): CheckAnswer {
  const problem = (position: Position, path: readonly PropertyKey[], rule: Rule, reason: string): TextProblem => ({
    line: position.line,
    column: position.column,
    path: path.join('.'),
    reason,
    remedy: rules[rule],
    severity: isOfTaste(rule) ? 'advice' : 'error',
  });
  try {
    const [document, ...others] = parseYaml(text);
    if (document === undefined) return { problems: [problem({ line: 1, column: 1 }, [], 'schema', 'there is no dashboard in the text')] };
    const [second] = others;
    if (second !== undefined) return { problems: [problem(second.positionOf([]), [], 'schema', 'a second document begins here; one dashboard is edited at a time')] };
    const at = (path: readonly PropertyKey[], rule: Rule, reason: string): TextProblem => problem(document.positionOf(path), path, rule, reason);
    const parsed = parseDashboard(document.value, platformProject);
    const problems =
      'problems' in parsed
        ? parsed.problems.map(({ path, reason }) => at(path, 'schema', reason))
        : brokenRules(parsed.dashboard).map(({ path, rule, reason }) => at([...(isNewCustomResource(document.value) ? ['spec', 'config'] : ['spec']), ...path], rule, reason));
    return { problems: problems.sort((a, b) => a.line - b.line || a.column - b.column), ...('dashboard' in parsed ? { dashboard: parsed.dashboard } : {}) };
  } catch (error) {
    if (!(error instanceof YamlSyntaxError)) throw error;
    return { problems: [problem(error.position, [], 'syntax', error.message)] };
  }
}
