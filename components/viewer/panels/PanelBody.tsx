/**
 * The inside of a panel: what it draws, or why it draws nothing. Shown anew when something else is asked for.
 */
import { Component, useMemo, useState, type ComponentType, type ReactNode } from 'react';
import type { PanelDefinition } from '@perses-dev/core';
import type { PanelPlugin, PanelProps } from '@perses-dev/plugin-system';
import { deferred } from '../../feedback/deferred';
import { formatOf } from './format';
import type { PanelTableProps } from './menu/PanelTable';
import { NoData } from './NoData';
import { PanelCancelled, PanelError } from './PanelError';
import { PanelFigure } from './PanelFigure';
import { PanelSkeleton } from './PanelSkeleton';
import type { Answered } from './series-styles';
import type { PanelQuery } from './use-panel-queries';
import styles from './panels.module.css';

const PanelTable = deferred<PanelTableProps>(() => import('./menu/PanelTable'));

export interface PanelBodyProps {
  readonly title: string;
  /** Whether the data is shown as a table, whatever kind of panel it is. */
  readonly isTable: boolean;
  readonly definition: PanelDefinition;
  readonly plugin: PanelPlugin | undefined;
  readonly pluginError: unknown;
  readonly queries: readonly PanelQuery[];
  /** The same for the earlier time that is compared with. */
  readonly compared: readonly PanelQuery[];
  readonly dimensions: { readonly width: number; readonly height: number } | undefined;
}

export function PanelBody({ title, isTable, definition, plugin, pluginError, queries, compared, dimensions }: PanelBodyProps) {
  const [cancelled, setCancelled] = useState(false);
  const answered = queries.filter((query) => query.data !== undefined);
  const failed = queries.find(({ error }) => error !== null && error !== undefined);
  const lastError = useLast(failed?.error, answered.length > 0);
  const retry = (): void => {
    setCancelled(false);
    queries.forEach(({ refetch }) => refetch());
  };

  // The queries are objects anew with each render; their answers are not.
  const version = answered.map(({ updatedAt }) => updatedAt).join();
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const results = useMemo(() => answersOf(answered), [version, definition]);
  const earlier = useMemo(() => answersOf(compared), [compared]);

  if (pluginError !== null && pluginError !== undefined) {
    return <PanelError error={pluginError} />;
  }
  if (plugin === undefined || dimensions === undefined) {
    return <PanelSkeleton title={title} kind={definition.spec.plugin.kind} />;
  }
  if (queries.length > 0 && answered.length === 0) {
    if (cancelled) {
      return <PanelCancelled onRetry={retry} />;
    }
    if (lastError !== undefined) {
      return <PanelError error={lastError} onRetry={retry} isRetrying={queries.some(({ isFetching }) => isFetching)} />;
    }
    const cancel = (): void => {
      setCancelled(true);
      queries.forEach(({ stop }) => stop());
    };
    return <PanelSkeleton title={title} kind={definition.spec.plugin.kind} isWaiting={queries.some(({ isFetching }) => isFetching)} onCancel={cancel} />;
  }
  const [first] = answered;
  if (first !== undefined && results.every(({ data }) => data.series.length === 0)) {
    return <NoData query={first} height={dimensions.height} description={definition.spec.display.description} />;
  }
  // Perses gives a plugin's component no narrower type: each takes the spec and the data of its own kind.
  const Content = plugin.PanelComponent as ComponentType<PanelProps<unknown>>;
  return (
    <div className={`${styles['content'] ?? ''} ${failed === undefined ? '' : (styles['old'] ?? '')}`} data-testid="panel-content">
      <PanelBoundary>
        {isTable && results.length > 0 ? (
          <PanelTable title={title} data={[...results, ...earlier].map(({ data }) => data)} format={formatOf(definition)} />
        ) : (
          <PanelFigure definition={definition} results={results} compared={earlier} format={formatOf(definition)} dimensions={dimensions} content={Content} />
        )}
      </PanelBoundary>
    </div>
  );
}

const answersOf = (queries: readonly PanelQuery[]): Answered[] => queries.flatMap(({ definition, data }) => (data === undefined ? [] : [{ definition, data }]));

/** An error while another try is on its way too, so that the panel does not flicker. */
function useLast(error: unknown, isOver: boolean): unknown {
  const [last, setLast] = useState<unknown>(undefined);
  const now = isOver ? undefined : (error ?? last);
  if (now !== last) {
    setLast(now);
  }
  return now;
}

/** What breaks in one panel leaves the others alone. */
class PanelBoundary extends Component<{ readonly children: ReactNode }, { readonly error: unknown }> {
  override state: { readonly error: unknown } = { error: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    return error === undefined ? this.props.children : <PanelError error={error} onRetry={() => this.setState({ error: undefined })} />;
  }
}
