/**
 * The options of a list variable, from its plugin. Unlike Perses's own hook it keeps the options that are known while
 * newer ones load, and does not ask again with every refresh of the panels.
 */
import { useQuery } from '@tanstack/react-query';
import type { ListVariableDefinition } from '@perses-dev/core';
import { useAllVariableValues, useDatasourceStore, usePlugin, useTimeRange, type VariableOption } from '@perses-dev/plugin-system';

/** First part of the key of every look-up of options. */
export const variableOptionsKey = 'variable-options';

export interface VariableOptions {
  /** Undefined until they are known for the first time. */
  readonly options: readonly VariableOption[] | undefined;
  readonly error: unknown;
}

export function useVariableOptions({ spec }: ListVariableDefinition): VariableOptions {
  const plugin = usePlugin('Variable', spec.plugin.kind);
  const datasourceStore = useDatasourceStore();
  const variables = useAllVariableValues();
  const { timeRange, absoluteTimeRange } = useTimeRange();

  const pluginSpec = spec.plugin.spec;
  const dependencies = plugin.data?.dependsOn?.(pluginSpec, { datasourceStore, variables, timeRange: absoluteTimeRange }).variables ?? [];
  const waiting = dependencies.some((name) => variables[name]?.loading === true);

  const { data, error } = useQuery({
    // The range as chosen, not as it moves: "the last hour" is one key.
    queryKey: [variableOptionsKey, spec.plugin, spec.capturingRegexp, dependencies.map((name) => variables[name]?.value), timeRange],
    queryFn: async () => {
      const found = await plugin.data?.getVariableOptions(pluginSpec, { datasourceStore, variables, timeRange: absoluteTimeRange });
      return captured(found?.data ?? [], spec.capturingRegexp);
    },
    enabled: plugin.data !== undefined && !waiting,
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- what replaces it came with version 5; Perses needs 4
    keepPreviousData: true,
  });
  return { options: data, error: plugin.error ?? error };
}

/** Perses's `capturingRegexp`: the captured groups of each match, joined, are the option; duplicates fall away. */
function captured(options: readonly VariableOption[], pattern: string | undefined): readonly VariableOption[] {
  if (pattern === undefined) {
    return options;
  }
  const expression = new RegExp(pattern, 'g');
  const byValue = new Map<string, VariableOption>();
  for (const option of options) {
    const value = [...option.value.matchAll(expression)].flatMap(([, ...groups]) => groups).join('');
    if (value !== '' && !byValue.has(value)) {
      byValue.set(value, { label: option.label, value });
    }
  }
  return [...byValue.values()];
}
