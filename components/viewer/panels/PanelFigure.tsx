/** What a panel draws, below what its thresholds say of it in words. */
import { useMemo, type ComponentType } from 'react';
import { Label, type LabelProps } from '@patternfly/react-core';
import type { FormatOptions, PanelDefinition } from '@perses-dev/core';
import type { PanelProps } from '@perses-dev/plugin-system';
import { texts } from '../../texts';
import { PanelSummary } from './menu/PanelSummary';
import { PanelContent } from './PanelContent';
import type { Answered } from './series-styles';
import { limitsOf, statusOf, type PanelStatus, type Severity } from './status';
import styles from './panels.module.css';

interface PanelFigureProps {
  readonly definition: PanelDefinition;
  readonly results: Answered[];
  /** The same for the earlier time that is compared with. */
  readonly compared: readonly Answered[];
  readonly format: FormatOptions | undefined;
  readonly dimensions: { readonly width: number; readonly height: number };
  readonly content: ComponentType<PanelProps<unknown>>;
}

/** Height of the line of words, in pixels. */
const lineHeight = 26;

export function PanelFigure({ definition, results, compared, format, dimensions, content: Content }: PanelFigureProps) {
  const { plugin } = definition.spec;
  const status = useMemo(() => statusOf(plugin, results.map(({ data }) => data)), [plugin, results]);
  const limits = useMemo(() => limitsOf(plugin), [plugin]);
  const hasLine = status !== undefined || limits.length > 0;
  const { width, height } = dimensions;
  const rest = useMemo(() => (hasLine ? { width, height: Math.max(0, height - lineHeight) } : { width, height }), [hasLine, width, height]);

  return (
    <>
      {hasLine && (
        <div className={styles['line-of-words']} style={{ height: lineHeight }}>
          {status === undefined ? (
            <span data-testid="panel-limits">{texts.panels.limits(limits)}</span>
          ) : (
            <StatusLabel status={status} />
          )}
        </div>
      )}
      <PanelSummary results={results} compared={compared} format={format} />
      <PanelContent component={Content} definition={definition} results={results} compared={compared} format={format} dimensions={rest} />
    </>
  );
}

/** Each with an icon of its own, which PatternFly adds for a status. */
const labels: Readonly<Record<Severity, LabelProps>> = {
  healthy: { status: 'success' },
  neutral: { color: 'grey' },
  warning: { status: 'warning' },
  critical: { status: 'danger' },
};

function StatusLabel({ status: { severity, word, share } }: { readonly status: PanelStatus }) {
  const meaning = texts.panels.severities[severity];
  return (
    <Label isCompact variant="outline" {...labels[severity]} data-testid="panel-status" data-severity={severity}>
      {/* The icon says so to those who see it. */}
      {meaning !== word && meaning !== '' && <span className="pf-v6-screen-reader">{meaning}: </span>}
      {share !== undefined && `${texts.panels.share(share.count, share.of)} `}
      {word}
    </Label>
  );
}
