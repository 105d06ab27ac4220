/** The controls of a dashboard: its variables, the time range and the refresh. What is picked goes into the address. */
import type { ReactNode } from 'react';
import { Toolbar, ToolbarContent, ToolbarGroup, ToolbarItem } from '@patternfly/react-core';
import type { VariableDefinition } from '@perses-dev/core';
import type { DurationString } from '@perses-dev/core/dist/model/time';
import { useTimeRange, useVariableValues } from '@perses-dev/plugin-system';
import useResizeObserver from 'use-resize-observer';
import { AnnotationsSwitch } from './annotations/AnnotationsSwitch';
import { ModeToggle } from './ModeToggle';
import { CompareSelect } from './time/CompareSelect';
import { RefreshControl } from './time/RefreshControl';
import { sameTimeRange } from './time/time-range';
import { TimeRangeSelect } from './time/TimeRangeSelect';
import type { View } from './use-view-state';
import { VariableInput } from './variables/VariableInput';
import styles from './viewer.module.css';

/** Below this width, in pixels, a help button without words and smaller gaps keep the controls on two lines. */
const narrow = 1200;

export interface ViewerToolbarProps {
  readonly definitions: readonly VariableDefinition[];
  readonly view: View;
  /** Labels beside the controls instead of above. */
  readonly isCompact: boolean;
  /** The interval as chosen; none is in force while nobody looks. */
  readonly refreshInterval: DurationString;
  /** Whether alerts and deployments are marked on charts. */
  readonly areEventsOn: boolean;
  readonly onEvents: (areOn: boolean) => void;
  /** Whether there is a simple view and another one. */
  readonly hasModes: boolean;
  /** The button of a dashboard that explains itself. */
  readonly help: ReactNode;
  /** The menu of what can be done with the dashboard as a whole. */
  readonly more: ReactNode;
}

export function ViewerToolbar({ definitions, view, isCompact, refreshInterval, areEventsOn, onEvents, hasModes, help, more }: ViewerToolbarProps) {
  const { timeRange, absoluteTimeRange, refresh } = useTimeRange();
  const variables = useVariableValues();
  const { state, change } = view;
  const { ref, width = Infinity } = useResizeObserver<HTMLDivElement>();
  return (
    <div ref={ref}>
      <Toolbar
        inset={{ default: 'insetNone' }}
        colorVariant="no-background"
        className={[styles['toolbar'], isCompact && styles['compact'], width < narrow && styles['narrow']].filter(Boolean).join(' ')}
        data-testid="viewer-toolbar"
      >
        <ToolbarContent>
          <ToolbarGroup className={styles['group'] ?? ''}>
            {definitions.map((definition) => {
              const { name } = definition.spec;
              return (
                <VariableInput
                  key={name}
                  definition={definition}
                  chosen={state.variables[name]}
                  state={variables[name]}
                  onChange={(values) => change({ variables: { [name]: values } })}
                />
              );
            })}
          </ToolbarGroup>
          <ToolbarGroup align={{ default: 'alignEnd' }} className={styles['group'] ?? ''}>
            {help !== undefined && <ToolbarItem>{help}</ToolbarItem>}
            {hasModes && <ModeToggle />}
            <TimeRangeSelect
              value={timeRange}
              absolute={absoluteTimeRange}
              onChange={(range) => {
                if (!sameTimeRange(range, timeRange)) {
                  change({ timeRange: range });
                }
              }}
            />
            <CompareSelect value={state.compare} onChange={(compare) => change({ compare })} />
            <AnnotationsSwitch isOn={areEventsOn} onChange={onEvents} />
            <RefreshControl
              value={refreshInterval}
              onRefresh={refresh}
              onChange={(interval) => {
                if (interval !== refreshInterval) {
                  change({ refreshInterval: interval });
                }
              }}
            />
            {more}
          </ToolbarGroup>
        </ToolbarContent>
      </Toolbar>
    </div>
  );
}
