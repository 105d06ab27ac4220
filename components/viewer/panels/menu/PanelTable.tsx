/** A panel's series as a table: what the chart shows, for those who cannot see it or want the figures. */
import { useState } from 'react';
import { Button } from '@patternfly/react-core';
import LongArrowAltDownIcon from '@patternfly/react-icons/dist/esm/icons/long-arrow-alt-down-icon';
import LongArrowAltUpIcon from '@patternfly/react-icons/dist/esm/icons/long-arrow-alt-up-icon';
import { formatValue, type FormatOptions, type TimeSeriesData } from '@perses-dev/core';
import { texts } from '../../../texts';
import { summarize, type SeriesSummary } from './summary';
import styles from '../panels.module.css';

export interface PanelTableProps {
  readonly title: string;
  readonly data: readonly TimeSeriesData[];
  readonly format: FormatOptions | undefined;
}

const columns = ['name', 'latest', 'min', 'mean', 'max', 'trend'] as const satisfies readonly (keyof SeriesSummary)[];

type Column = (typeof columns)[number];

export default function PanelTable({ title, data, format }: PanelTableProps) {
  const [{ by, descending }, setOrder] = useState<{ readonly by: Column; readonly descending: boolean }>({ by: 'name', descending: false });
  const rows = [...summarize(data)].sort((a, b) => (descending ? -1 : 1) * compare(a[by], b[by]));

  return (
    // Long tables scroll, which the keyboard does too.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles['table']} tabIndex={0} role="region" aria-label={texts.panels.table.label(title)} data-testid="panel-table">
      <table>
        <caption className="pf-v6-screen-reader">{title}</caption>
        <thead>
          <tr>
            {columns.map((key) => (
              <th key={key} scope="col" aria-sort={key !== by ? 'none' : descending ? 'descending' : 'ascending'}>
                <Button
                  variant="plain"
                  size="sm"
                  iconPosition="end"
                  icon={key !== by ? undefined : descending ? <LongArrowAltDownIcon /> : <LongArrowAltUpIcon />}
                  onClick={() => setOrder({ by: key, descending: key === by && !descending })}
                >
                  {texts.panels.table.columns[key]}
                </Button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // Two series may have one name.
            <tr key={`${row.name} ${index}`}>
              <th scope="row">{row.name}</th>
              {([row.latest, row.min, row.mean, row.max] as const).map((value, column) => (
                <td key={columns[column + 1]}>{value === undefined ? '–' : formatValue(value, format)}</td>
              ))}
              <td>{row.trend === undefined ? '–' : texts.panels.trends[row.trend]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function compare(a: string | number | undefined, b: string | number | undefined): number {
  if (typeof a === 'number' && typeof b === 'number') {
    return a - b;
  }
  // What has no value comes last.
  return a === undefined || b === undefined ? Number(a === undefined) - Number(b === undefined) : String(a).localeCompare(String(b), undefined, { numeric: true });
}
