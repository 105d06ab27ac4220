/**
 * The panels of the dashboard in the provider above, group by group. In place of Perses's own `Dashboard`, which brings
 * the editors that its page for empty dashboards offers.
 */
import { useLayoutEffect, useRef, useState } from 'react';
import { EmptyState, EmptyStateBody } from '@patternfly/react-core';
import CubesIcon from '@patternfly/react-icons/dist/esm/icons/cubes-icon';
import { ErrorAlert, ErrorBoundary } from '@perses-dev/components';
import { GridLayout, usePanelGroupIds, type PanelOptions } from '@perses-dev/dashboards';

export function DashboardGrid({ panelOptions }: { readonly panelOptions: PanelOptions }) {
  const groups = usePanelGroupIds();
  const grid = useRef<HTMLDivElement>(null);
  const [fullHeight, setFullHeight] = useState(0);

  // An expanded panel fills the window below where the panels begin.
  useLayoutEffect(() => {
    const top = grid.current?.getBoundingClientRect().top ?? 0;
    setFullHeight(window.innerHeight - top - window.scrollY);
  }, []);

  return (
    <div ref={grid}>
      <ErrorBoundary FallbackComponent={ErrorAlert}>
        {groups.map((id) => (
          <GridLayout key={id} panelGroupId={id} panelOptions={panelOptions} panelFullHeight={fullHeight} />
        ))}
        {groups.length === 0 && (
          <EmptyState titleText="No panels yet" headingLevel="h2" icon={CubesIcon} data-testid="dashboard-empty">
            <EmptyStateBody>This dashboard has no panels.</EmptyStateBody>
          </EmptyState>
        )}
      </ErrorBoundary>
    </div>
  );
}
