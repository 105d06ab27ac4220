/** Variables of Grafana as variables of Perses. */
import { withDefined } from './formatting';
import type { GrafanaVariable } from './model';
import { notesOn, type Notes, type Report } from './report';
import { translateVariables } from './text';

export interface Variable {
  readonly kind: 'ListVariable' | 'TextVariable';
  readonly spec: Record<string, unknown> & { readonly name: string };
}

/** By the number that Grafana stores. */
const sorts = ['none', 'alphabetical-asc', 'alphabetical-desc', 'numerical-asc', 'numerical-desc', 'alphabetical-ci-asc', 'alphabetical-ci-desc'];

/** Whether Perses can have a variable of this name. */
const usable = (name: string): boolean => /^[a-zA-Z_]\w*$/.test(name) && !name.startsWith('__');

/** The variables that could be made, in their order; the report has a line for each there was. */
export function convertVariables(list: readonly GrafanaVariable[], report: Report): Variable[] {
  const variables: Variable[] = [];
  for (const variable of list) {
    const part = `variable "${variable.name}"`;
    const before = report.entries.length;
    const isTaken = variables.some(({ spec }) => spec.name === variable.name);
    const converted = usable(variable.name) && !isTaken ? convert(variable, notesOn(report, part)) : undefined;
    if (converted !== undefined) {
      variables.push(converted);
      if (report.entries.length === before) report.add('converted', part);
    } else if (report.entries.length === before) {
      report.add('left out', part, isTaken ? 'there is another one of this name' : 'Perses has no variable of such a name');
    }
  }
  return variables;
}

function convert(variable: GrafanaVariable, notes: Notes): Variable | undefined {
  const common = { name: variable.name, ...displayOf(variable) };
  const texts = (value: string, constant?: true): Variable => ({ kind: 'TextVariable', spec: { ...common, value, ...(constant === undefined ? {} : { constant }) } });
  const query = queryOf(variable);
  switch (variable.type) {
    case 'query': {
      const plugin = pluginOf(query, variable.regex ?? '', notes);
      if (plugin !== undefined) return { kind: 'ListVariable', spec: { ...common, ...choiceOf(variable, notes), plugin } };
      notes.approximated(`its query "${query}" has no equivalent; it is a text now`);
      return texts(currentOf(variable)[0] ?? '');
    }
    case 'custom':
    case 'interval': {
      const values = variable.type === 'custom' ? customValues(query) : customValues(query).map(({ value }) => ({ value, label: value }));
      if (variable.auto === true) notes.leftOut('the automatic interval');
      if (values.length > 0) return { kind: 'ListVariable', spec: { ...common, ...choiceOf(variable, notes), plugin: { kind: 'StaticListVariable', spec: { values } } } };
      notes.leftOut('it has no values');
      return undefined;
    }
    case 'constant':
      return texts(query, true);
    case 'textbox':
      return texts(query);
    case 'datasource':
      notes.leftOut('the server chooses the datasource; queries use the default one');
      return undefined;
    default:
      notes.leftOut(`there is no variable of type "${variable.type}"`);
      return undefined;
  }
}

function displayOf({ label, description, hide }: GrafanaVariable): Record<string, unknown> {
  const display = withDefined({ name: label === '' ? undefined : label, description: description === '' ? undefined : description, hidden: hide === 2 ? true : undefined });
  return Object.keys(display).length === 0 ? {} : { display: { name: '', ...display } };
}

/** A text, or an object with the text and how to ask for it. */
function queryOf({ query, definition }: GrafanaVariable): string {
  if (typeof query === 'string') return query.trim();
  if (typeof query === 'object' && query !== null && 'query' in query && typeof query.query === 'string') return query.query.trim();
  return definition?.trim() ?? '';
}

function currentOf({ current }: GrafanaVariable): string[] {
  const value = current?.value;
  return (typeof value === 'string' ? [value] : (value ?? [])).filter((one) => one !== '');
}

function choiceOf(variable: GrafanaVariable, notes: Notes): Record<string, unknown> {
  const { multi = false, includeAll = false, allValue, sort = 0, regex = '' } = variable;
  // The automatic interval is left out; without a choice the first one counts.
  const chosen = currentOf(variable).filter((value) => (includeAll || value !== '$__all') && !value.startsWith('$__auto_interval'));
  return {
    allowMultiple: multi,
    allowAllValue: includeAll,
    ...(typeof allValue === 'string' && allValue !== '' ? { customAllValue: allValue } : {}),
    ...(chosen[0] === undefined ? {} : { defaultValue: multi ? chosen : chosen[0] }),
    ...(sort > 0 && sorts[sort] !== undefined ? { sort: sorts[sort] } : {}),
    ...patternOf(regex, notes),
  };
}

/** Perses keeps what the first group captures, so a pattern without one captures all. */
function patternOf(regex: string, notes: Notes): Record<string, unknown> {
  if (regex === '') return {};
  const [, pattern = regex, flags = ''] = /^\/(.*)\/([a-z]*)$/s.exec(regex) ?? [];
  if (flags !== '') notes.approximated(`the flags "${flags}" of its pattern are left out`);
  return { capturingRegexp: /\((?!\?)/.test(pattern) || /\(\?<[a-z]/i.test(pattern) ? pattern : `(.*${pattern}.*)` };
}

/** https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/ */
function pluginOf(query: string, regex: string, notes: Notes): { kind: string; spec: Record<string, unknown> } | undefined {
  const values = (labelName: string, matchers?: string[]) => ({ kind: 'PrometheusLabelValuesVariable', spec: { labelName, ...(matchers === undefined ? {} : { matchers }) } });
  const [, name, inner = ''] = /^(\w+)\s*\((.*)\)$/s.exec(query) ?? [];
  switch (name) {
    case 'label_values': {
      const comma = inner.lastIndexOf(',');
      const label = inner.slice(comma + 1).trim();
      if (!/^[a-zA-Z_]\w*$/.test(label)) return undefined;
      return comma < 0 ? values(label) : values(label, [translateVariables(inner.slice(0, comma).trim(), notes)]);
    }
    case 'label_names':
      return { kind: 'PrometheusLabelNamesVariable', spec: inner.trim() === '' ? {} : { matchers: [translateVariables(inner.trim(), notes)] } };
    case 'metrics':
      return values('__name__', [`{__name__=~${JSON.stringify(`.*(?:${inner.trim()}).*`)}}`]);
    case 'query_result': {
      const label = /(\w+)="/.exec(regex)?.[1];
      if (label === undefined) return undefined;
      notes.approximated(`its values are those of the label "${label}" of the query's result`);
      return { kind: 'PrometheusPromQLVariable', spec: { expr: translateVariables(inner.trim(), notes), labelName: label } };
    }
    default:
      return undefined;
  }
}

/** `a, b, text : value`; a comma that belongs to a value has a backslash before it. */
function customValues(query: string): { value: string; label: string }[] {
  return query
    .split(/(?<!\\),/)
    .map((entry) => entry.replaceAll('\\,', ',').trim())
    .filter((entry) => entry !== '')
    .map((entry) => {
      const [label = '', value] = entry.split(/\s:\s/);
      return { value: value ?? label, label };
    });
}
