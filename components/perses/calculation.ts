/** How a series becomes one figure, as Perses does it where a panel names no calculation, or one that there is not. Pure. */
import { CalculationsMap, DEFAULT_CALCULATION, type CalculationType, type TimeSeries } from '@perses-dev/core';

const isCalculation = (name: unknown): name is CalculationType => typeof name === 'string' && name in CalculationsMap;

/** @param calculation by Perses's name, https://perses.dev/perses/docs/plugins/statchart/ */
export function calculate(calculation: unknown, { values }: Pick<TimeSeries, 'values'>): number | null | undefined {
  return CalculationsMap[isCalculation(calculation) ? calculation : DEFAULT_CALCULATION](values);
}
