/** The format of a panel's numbers. Pure. */
import type { FormatOptions, PanelDefinition } from '@perses-dev/core';
import { z } from '../../../lib/contracts/zod';

/** By the kinds of panels that name one. */
export function formatOf({ spec }: PanelDefinition): FormatOptions | undefined {
  const parsed = formats.safeParse(spec.plugin.spec);
  // Perses's own type lists every unit; one that it does not know is written without.
  return parsed.success ? ((parsed.data.format ?? parsed.data.yAxis?.format) as FormatOptions | undefined) : undefined;
}

const format = z.looseObject({ unit: z.string() });
const formats = z.looseObject({ format: format.optional(), yAxis: z.looseObject({ format: format.optional() }).optional() });
