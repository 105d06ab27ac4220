/** The list variable with fixed options, without Perses's form for editing them. */
import type { VariablePlugin } from '@perses-dev/plugin-system';

interface StaticListSpec {
  readonly values?: readonly (string | { readonly label: string; readonly value: string })[];
}

export const StaticListVariable: VariablePlugin<StaticListSpec> = {
  getVariableOptions: ({ values = [] }) => Promise.resolve({ data: values.map((value) => (typeof value === 'string' ? { label: value, value } : value)) }),
  dependsOn: () => ({ variables: [] }),
  createInitialOptions: () => ({}),
};
