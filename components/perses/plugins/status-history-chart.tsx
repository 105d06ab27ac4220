/**
 * States over time, with a key in the order of its author. Perses lists the states in the order in which it meets them,
 * and leaves much room for the list.
 */
import { StatusHistoryPanel } from '@perses-dev/status-history-chart-plugin/lib/StatusHistoryPanel';
import type { ComponentProps } from 'react';
import { z } from '../../../lib/contracts/zod';
import { panel } from './panel';
import styles from './status-history.module.css';

const keySchema = z.looseObject({ legend: z.looseObject({}), mappings: z.array(z.looseObject({ spec: z.looseObject({ result: z.looseObject({ value: z.string(), color: z.string() }) }) })).min(1) });

/** Height of the key, in pixels. */
const keyHeight = 32;

function StatusHistory(props: ComponentProps<typeof StatusHistoryPanel>) {
  const { spec, contentDimensions } = props;
  const parsed = keySchema.safeParse(spec);
  if (!parsed.success || contentDimensions === undefined) {
    return <StatusHistoryPanel {...props} />;
  }
  const { legend: _legend, ...withoutLegend } = spec;
  const { width, height } = contentDimensions;
  const colors = new Map(parsed.data.mappings.map(({ spec: { result } }) => [result.value, result.color]));
  return (
    <>
      <StatusHistoryPanel {...props} spec={withoutLegend} contentDimensions={{ width, height: Math.max(0, height - keyHeight) }} />
      <ul className={styles['key']} style={{ height: keyHeight }} data-testid="panel-key">
        {[...colors].map(([state, color]) => (
          <li key={state}>
            <span className={styles['color']} style={{ background: color }} />
            {state}
          </li>
        ))}
      </ul>
    </>
  );
}

export const StatusHistoryChart = panel(StatusHistory);
