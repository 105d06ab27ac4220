/** List variables that are filled from Prometheus: names of labels, values of a label, a label of a query's result. */
import { parseVariables, replaceVariables, type GetVariableOptionsContext, type VariablePlugin } from '@perses-dev/plugin-system';
import { DEFAULT_PROM, getPrometheusTimeRange, type PrometheusClient } from '@perses-dev/prometheus-plugin/lib/model';
import type {
  PrometheusLabelNamesVariableOptions,
  PrometheusLabelValuesVariableOptions,
  PrometheusPromQLVariableOptions,
  PrometheusVariableOptionsBase,
} from '@perses-dev/prometheus-plugin/lib/plugins/types';

const clientOf = ({ datasource }: PrometheusVariableOptionsBase, { datasourceStore }: GetVariableOptionsContext): Promise<PrometheusClient> =>
  datasourceStore.getDatasourceClient(datasource ?? DEFAULT_PROM);

const asOptions = (values: readonly string[] = []) => ({ data: values.map((value) => ({ label: value, value })) });

/** Limits label look-ups to the series that match and to the time range. */
function limits(matchers: readonly string[] | undefined, { variables, timeRange }: GetVariableOptionsContext) {
  return {
    ...(matchers === undefined ? {} : { 'match[]': matchers.map((matcher) => replaceVariables(matcher, variables)) }),
    ...getPrometheusTimeRange(timeRange),
  };
}

const variablesIn = (...texts: readonly string[]) => ({ variables: texts.flatMap((text) => parseVariables(text)) });

export const PrometheusLabelNamesVariable: VariablePlugin<PrometheusLabelNamesVariableOptions> = {
  getVariableOptions: async (spec, context) => {
    const client = await clientOf(spec, context);
    return asOptions((await client.labelNames(limits(spec.matchers, context))).data);
  },
  dependsOn: ({ matchers = [] }) => variablesIn(...matchers),
  createInitialOptions: () => ({}),
};

export const PrometheusLabelValuesVariable: VariablePlugin<PrometheusLabelValuesVariableOptions> = {
  getVariableOptions: async (spec, context) => {
    const client = await clientOf(spec, context);
    const labelName = replaceVariables(spec.labelName, context.variables);
    return asOptions((await client.labelValues({ labelName, ...limits(spec.matchers, context) })).data);
  },
  dependsOn: ({ matchers = [], labelName }) => variablesIn(...matchers, labelName),
  createInitialOptions: () => ({ labelName: '' }),
};

export const PrometheusPromQLVariable: VariablePlugin<PrometheusPromQLVariableOptions> = {
  getVariableOptions: async (spec, context) => {
    const client = await clientOf(spec, context);
    const label = replaceVariables(spec.labelName, context.variables);
    const { data } = await client.instantQuery({ query: replaceVariables(spec.expr, context.variables) });
    const series = data?.resultType === 'vector' || data?.resultType === 'matrix' ? data.result : [];
    return asOptions([...new Set(series.flatMap(({ metric }) => metric[label] ?? []))]);
  },
  dependsOn: ({ expr, labelName }) => variablesIn(expr, labelName),
  createInitialOptions: () => ({ expr: '', labelName: '' }),
};
