/** One panel: its title, what can be done with it, and its content once it is in view. */
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { Button, Card, Title } from '@patternfly/react-core';
import CompressIcon from '@patternfly/react-icons/dist/esm/icons/compress-icon';
import ExpandIcon from '@patternfly/react-icons/dist/esm/icons/expand-icon';
import type { PanelDefinition } from '@perses-dev/core';
import { DataQueriesContext, usePlugin, useReplaceVariablesInString, useSuggestedStepMs, useTimeRange, useVariableValues, type TimeSeriesQueryContext } from '@perses-dev/plugin-system';
import useResizeObserver from 'use-resize-observer';
import { texts } from '../../texts';
import { ComparedNote } from './ComparedNote';
import { DataAge } from './DataAge';
import { PanelMenu } from './menu/PanelMenu';
import { PanelBody } from './PanelBody';
import { PanelHelp } from './PanelHelp';
import { PanelLink } from './PanelLink';
import { usePanelsView } from './panels-view';
import { useCompared } from './use-compared';
import { useInView } from './use-in-view';
import { usePanelQueries } from './use-panel-queries';
import styles from './panels.module.css';

export interface DashboardPanelProps {
  /** Key of the panel in its dashboard. */
  readonly name: string;
  readonly definition: PanelDefinition;
  /** Address of the panel alone, with the view as it is. */
  readonly address: string;
  readonly isExpanded: boolean;
  /** Asks to fill the page, or to be one among others again. */
  readonly onExpand: (expand: boolean) => void;
}

export function DashboardPanel({ name, definition, address, isExpanded, onExpand }: DashboardPanelProps) {
  const id = useId();
  const { display, plugin, queries: definitions, links = [] } = definition.spec;
  const title = useReplaceVariablesInString(display.name) ?? name;
  const [isTable, setIsTable] = useState(false);
  const figure = useRef<HTMLDivElement>(null);
  const { isInteractive, onSettled } = usePanelsView();
  const hasBeenSeen = useInView(figure);
  const inView = hasBeenSeen || onSettled !== undefined;
  const { width, height } = useResizeObserver({ ref: figure });
  const dimensions = useMemo(() => (width === undefined || height === undefined ? undefined : { width, height }), [width, height]);

  const { data: panelPlugin, error: pluginError } = usePlugin('Panel', plugin.kind, { enabled: inView });
  const { queryOptions } = panelPlugin ?? {};
  const options = typeof queryOptions === 'function' ? queryOptions(plugin.spec) : queryOptions;
  const suggestedStepMs = useSuggestedStepMs(width);
  const querying = { enabled: inView && panelPlugin !== undefined && width !== undefined, mode: modeOf(options), suggestedStepMs };
  const queries = usePanelQueries(definitions, querying);
  const compared = useCompared(plugin.kind, definitions, querying);
  const viewKey = useViewKey();
  const isSettled =
    pluginError !== null ||
    (panelPlugin !== undefined && width !== undefined && [...queries, ...compared].every(({ data, error }) => data !== undefined || (error !== null && error !== undefined)));
  useEffect(() => onSettled?.(id, isSettled), [onSettled, id, isSettled]);
  const context = useMemo(
    () => ({
      queryResults: queries,
      isFetching: queries.some(({ isFetching }) => isFetching),
      isLoading: queries.some(({ isLoading }) => isLoading),
      errors: queries.map(({ error }) => error),
      refetchAll: () => queries.forEach(({ refetch }) => refetch()),
    }),
    [queries],
  );
  const old = queries.find(({ data, error }) => data !== undefined && error !== null);

  return (
    <Card
      component="section"
      isCompact
      // Takes the focus from what goes away in it.
      tabIndex={-1}
      className={styles['panel'] ?? ''}
      aria-labelledby={`${id}-title`}
      aria-busy={context.isFetching || compared.some(({ isFetching }) => isFetching)}
      data-testid="panel"
      data-panel={name}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && isExpanded && !event.defaultPrevented && !isOfOverlay(event.target)) {
          onExpand(false);
        }
      }}
    >
      <header className={styles['header']}>
        <Title headingLevel="h3" id={`${id}-title`} className={styles['title'] ?? ''}>
          {title}
        </Title>
        <div className={styles['actions']}>
          {old !== undefined && <DataAge since={old.updatedAt} />}
          <ComparedNote queries={compared} />
          {isInteractive && (
            <>
              {display.description !== undefined && <PanelHelp title={title} description={display.description} />}
              {links.map((link) => (
                <PanelLink key={link.url} link={link} />
              ))}
              <Button
                variant="plain"
                size="sm"
                className={isExpanded ? '' : (styles['wide'] ?? '')}
                icon={isExpanded ? <CompressIcon /> : <ExpandIcon />}
                aria-label={isExpanded ? texts.panels.shrink(title) : texts.panels.expand(title)}
                onClick={() => onExpand(!isExpanded)}
                data-testid="panel-expand"
              />
              <PanelMenu title={title} queries={[...queries, ...compared]} figure={figure} address={address} isTable={isTable} onTable={setIsTable} isExpanded={isExpanded} onExpand={onExpand} />
            </>
          )}
        </div>
      </header>
      <div ref={figure} className={styles['figure']}>
        {inView && (
          <DataQueriesContext.Provider value={context}>
            <PanelBody key={viewKey} isTable={isTable} title={title} definition={definition} plugin={panelPlugin} pluginError={pluginError} queries={queries} compared={compared} dimensions={dimensions} />
          </DataQueriesContext.Provider>
        )}
      </div>
    </Card>
  );
}

/** Whether Escape there closes a menu or a dialog, and is not meant for the panel. */
const isOfOverlay = (target: EventTarget): boolean => target instanceof Element && target.closest('[role="menu"], [role="dialog"], button[aria-expanded="true"]') !== null;

/** Changes when something else is asked for: old data and errors are of no use then. */
function useViewKey(): string {
  const { timeRange } = useTimeRange();
  const variables = useVariableValues();
  return JSON.stringify([timeRange, Object.entries(variables).map(([name, { value }]) => [name, value])]);
}

function modeOf(options: unknown): TimeSeriesQueryContext['mode'] {
  const mode: unknown = typeof options === 'object' && options !== null && 'mode' in options ? options.mode : undefined;
  return mode === 'instant' || mode === 'range' ? mode : undefined;
}
