/** One figure: value, health in a word, trend; or why there is none. */
import { HelperText, HelperTextItem, Label, type LabelProps } from '@patternfly/react-core';
import MinusCircleIcon from '@patternfly/react-icons/dist/esm/icons/minus-circle-icon';
import { errorCatalogue } from '../../lib/contracts/errors';
import type { Figure, Health } from '../../lib/contracts/summary';
import { texts } from '../texts';
import { describeTrend, formatValue, type FigureUnit } from './figure-text';
import { Sparkline } from './Sparkline';
import styles from './summary.module.css';

/** Each with an icon of its own, which PatternFly adds for a status. */
const labels: Readonly<Record<Health, LabelProps>> = {
  good: { status: 'success' },
  warning: { status: 'warning' },
  critical: { status: 'danger' },
  neutral: { color: 'grey', icon: <MinusCircleIcon /> },
};

export interface FigureViewProps {
  readonly figure: Figure;
  readonly unit: FigureUnit;
  /** Length of the trend in milliseconds. */
  readonly range: number;
}

export function FigureView({ figure, unit, range }: FigureViewProps) {
  switch (figure.state) {
    case 'measured':
      return (
        <div className={styles.figure} data-health={figure.health}>
          <span className={styles.value} data-testid="figure-value" data-value={figure.value}>
            {formatValue(figure.value, unit)}
          </span>
          <Label isCompact variant="outline" {...labels[figure.health]} data-testid="figure-health">
            {figure.word}
          </Label>
          <Sparkline values={figure.trend} description={describeTrend(figure.trend, unit, range)} />
        </div>
      );
    case 'absent':
      return (
        <div data-testid="figure-absent">
          <div>{texts.summary.absent}</div>
          <HelperText>
            <HelperTextItem>{figure.reason}</HelperTextItem>
          </HelperText>
        </div>
      );
    case 'failed':
      return (
        <div data-testid="figure-failed" data-code={figure.code}>
          <HelperText>
            <HelperTextItem variant="error">{texts.summary.failed(errorCatalogue[figure.code].message, figure.code)}</HelperTextItem>
          </HelperText>
        </div>
      );
  }
}
