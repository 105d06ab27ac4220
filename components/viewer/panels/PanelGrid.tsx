/**
 * The panels of a dashboard, row by row, or the one that fills the page. In place of Perses's own grid, which moves and
 * resizes panels for people who edit, and lays a printed page out badly.
 */
import { useId, useLayoutEffect, useMemo, useRef, useState, type CSSProperties, type ReactNode } from 'react';
import { EmptyState, EmptyStateBody, ExpandableSectionToggle, Title } from '@patternfly/react-core';
import CubesIcon from '@patternfly/react-icons/dist/esm/icons/cubes-icon';
import { useVariableValues, VariableContext } from '@perses-dev/plugin-system';
import type { Dashboard } from '../../../lib/contracts/dashboard';
import { panelDefinitions } from '../../perses/resource';
import { texts } from '../../texts';
import type { PanelRef } from '../url-state';
import { DashboardPanel } from './DashboardPanel';
import { bandsOf, rowsOf, type Cell, type Row } from './grid';
import { usePanelsView } from './panels-view';
import styles from './panels.module.css';

export interface PanelGridProps {
  readonly dashboard: Dashboard;
  /** Keys of the panels to show; all without it. */
  readonly shown?: ReadonlySet<string> | undefined;
  /** The panel that fills the page, if one does. */
  readonly expanded: PanelRef | undefined;
  readonly onExpand: (panel: PanelRef | undefined) => void;
  /** Address of a panel alone, with the view as it is. */
  readonly addressOf: (panel: PanelRef) => string;
}

export function PanelGrid({ dashboard, shown, expanded, onExpand, addressOf }: PanelGridProps) {
  const rows = rowsOf(dashboard, shown);
  const panels = useMemo(() => panelDefinitions(dashboard.spec.panels), [dashboard.spec.panels]);
  const element = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);

  // An expanded panel fills the window below where the panels begin.
  useLayoutEffect(() => {
    setTop((element.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
  }, [expanded]);

  if (rows.length === 0) {
    return (
      <EmptyState titleText={texts.panels.empty.title} headingLevel="h2" icon={CubesIcon} data-testid="dashboard-empty">
        <EmptyStateBody>{texts.panels.empty.text}</EmptyStateBody>
      </EmptyState>
    );
  }
  // Rows never change their places, so that their number names them.
  const style: CSSProperties & Record<'--panels-top', string> = { '--panels-top': `${top}px` };
  return (
    <div ref={element} className={styles['rows']} style={style}>
      {rows.map((row, index) => (
        <Repeated key={index} variable={row.repeatVariable}>
          {(repeat) => <PanelRow row={row} panels={panels} repeat={repeat} expanded={expanded} onExpand={onExpand} addressOf={addressOf} />}
        </Repeated>
      ))}
    </div>
  );
}

/** The row once, or once for each value of a variable, which then has that value alone. */
function Repeated({ variable, children }: { readonly variable: string | undefined; readonly children: (repeat: [string, string] | undefined) => ReactNode }) {
  const variables = useVariableValues();
  const value = variable === undefined ? undefined : variables[variable]?.value;
  if (variable === undefined || !Array.isArray(value) || value.length === 0) {
    return children(undefined);
  }
  return value.map((each) => (
    <VariableContext.Provider key={each} value={{ state: { ...variables, [variable]: { value: each, loading: false } } }}>
      {children([variable, each])}
    </VariableContext.Provider>
  ));
}

interface PanelRowProps extends Pick<PanelGridProps, 'expanded' | 'onExpand' | 'addressOf'> {
  readonly row: Row;
  readonly panels: ReturnType<typeof panelDefinitions>;
  readonly repeat: [string, string] | undefined;
}

function PanelRow({ row: { title, open, cells }, panels, repeat, expanded, onExpand, addressOf }: PanelRowProps) {
  const id = useId();
  const [isOpen, setIsOpen] = useState(open ?? true);
  const here = (cell: Cell): boolean => expanded?.ref === cell.panel && expanded.repeatVariable?.[1] === repeat?.[1];
  const hasExpanded = cells.some(here);
  const isPrinted = usePanelsView().onSettled !== undefined;
  const heading = repeat === undefined ? title : `${title ?? ''} ${repeat[1]}`.trim();

  return (
    <section className={styles['row']} hidden={expanded !== undefined && !hasExpanded} aria-label={heading} data-testid="panel-group">
      {heading !== undefined && expanded === undefined && (
        <Title headingLevel="h2" size="lg">
          {open === undefined ? (
            heading
          ) : (
            <ExpandableSectionToggle isExpanded={isOpen} onToggle={setIsOpen} contentId={id} toggleId={`${id}-toggle`}>
              {heading}
            </ExpandableSectionToggle>
          )}
        </Title>
      )}
      {(isOpen || hasExpanded || isPrinted) &&
        // A page ends between two bands, never within one.
        (isPrinted ? bandsOf(cells) : [cells]).map((band, index) => (
          <div key={index} id={index === 0 ? id : undefined} className={hasExpanded ? styles['alone'] : styles['grid']}>
            {band.map((cell) => {
              const definition = panels[cell.panel];
              const isExpanded = here(cell);
              const ref: PanelRef = { ref: cell.panel, ...(repeat === undefined ? {} : { repeatVariable: repeat }) };
              return (
                definition !== undefined && (
                  <div key={cell.panel} hidden={expanded !== undefined && !isExpanded} className={isExpanded ? styles['expanded'] : styles['cell']} style={isExpanded ? {} : placeOf(cell)}>
                    <DashboardPanel
                      name={cell.panel}
                      definition={definition}
                      isExpanded={isExpanded}
                      address={addressOf(ref)}
                      onExpand={(wanted) => onExpand(wanted ? ref : undefined)}
                    />
                  </div>
                )
              );
            })}
          </div>
        ))}
    </section>
  );
}

function placeOf({ x, y, width, height }: Cell): CSSProperties & Record<`--${string}`, number> {
  return { '--x': x + 1, '--y': y + 1, '--width': width, '--height': height };
}
