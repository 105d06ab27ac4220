/**
 * Perses's own editor of panels, variables and layout, without its ways of storing: each change that is applied in it is
 * handed on, and what becomes of it is the page's.
 */
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { ThemeProvider } from '@mui/material';
import { ChartsProvider, SnackbarProvider, useChartsTheme } from '@perses-dev/components';
import { isDurationString } from '@perses-dev/core';
import {
  AddGroupButton,
  AddPanelButton,
  Dashboard as PersesDashboard,
  DashboardDiscardChangesConfirmationDialog,
  DashboardProvider,
  DeletePanelDialog,
  DeletePanelGroupDialog,
  EditVariablesButton,
  PanelDrawer,
  PanelGroupDialog,
  useDashboard,
  VariableList,
  VariableProviderWithQueryParams,
} from '@perses-dev/dashboards';
import { TimeRangeControls, TimeRangeProviderWithQueryParams, usePluginBuiltinVariableDefinitions, ValidationProvider } from '@perses-dev/plugin-system';
import { QueryParamProvider, type QueryParamAdapterComponent } from 'use-query-params';
import type { Dashboard } from '../../../../lib/contracts/dashboard';
import { useHost } from '../../../host/HostProvider';
import { PersesProviders } from '../../../perses/PersesProviders';
import { persesResource, variableDefinitions } from '../../../perses/resource';
import { useControlNames } from './control-names';
import { editingPlugins } from './plugins';
import type { Parts } from './rewrite';
import { prepareStyles } from './styles';
import { editingTheme } from './theme';
import styles from './visual.module.css';

export interface VisualEditorProps {
  /** What is edited first; a later one is not looked at. */
  readonly dashboard: Dashboard;
  /** A change was applied: what the dashboard was, and what it is. */
  readonly onChange: (before: Parts, after: Parts) => void;
}

export default function VisualEditor({ dashboard: current, onChange }: VisualEditorProps) {
  const { nonce } = useHost();
  const [dashboard] = useState(current);
  const resource = useMemo(() => persesResource(dashboard), [dashboard]);
  useState(() => prepareStyles(nonce));
  const { duration } = dashboard.spec;

  return (
    <PersesProviders dashboard={resource} plugins={editingPlugins}>
      <ThemeProvider theme={editingTheme}>
        <SnackbarProvider>
          <QueryParamProvider adapter={InMemory}>
            <ValidationProvider>
              <DashboardProvider initialState={{ dashboardResource: resource, isEditMode: true }}>
                <TimeRangeProviderWithQueryParams initialTimeRange={{ pastDuration: isDurationString(duration) ? duration : '1h' }} initialRefreshInterval="0s">
                  <WithVariables dashboard={dashboard}>
                    <Follow onChange={onChange} />
                    <Content />
                  </WithVariables>
                </TimeRangeProviderWithQueryParams>
              </DashboardProvider>
            </ValidationProvider>
          </QueryParamProvider>
        </SnackbarProvider>
      </ThemeProvider>
    </PersesProviders>
  );
}

function Content() {
  const charts = useChartsTheme();
  useControlNames();
  return (
    <div className={styles['visual']}>
      <div className={styles['toolbar']}>
        <AddPanelButton />
        <AddGroupButton />
        <EditVariablesButton />
        <div className={styles['time']}>
          <TimeRangeControls />
        </div>
      </div>
      <div className={styles['variables']}>
        <VariableList />
      </div>
      <PersesDashboard />
      <ChartsProvider chartsTheme={charts} enablePinning={false} enableSyncGrouping={false}>
        <PanelDrawer />
      </ChartsProvider>
      <PanelGroupDialog />
      <DeletePanelGroupDialog />
      <DeletePanelDialog />
      <DashboardDiscardChangesConfirmationDialog />
    </div>
  );
}

function WithVariables({ dashboard, children }: { readonly dashboard: Dashboard; readonly children: ReactNode }) {
  const { data } = usePluginBuiltinVariableDefinitions();
  const builtins = useMemo(() => {
    const values = { __dashboard: dashboard.metadata.name, __project: dashboard.metadata.project };
    const own = Object.entries(values).map(([name, value]) => ({ kind: 'BuiltinVariable' as const, spec: { name, value: () => value, source: 'Dashboard', display: { name, hidden: true } } }));
    return [...own, ...(data ?? [])];
  }, [dashboard, data]);
  return (
    <VariableProviderWithQueryParams initialVariableDefinitions={variableDefinitions(dashboard)} builtinVariableDefinitions={builtins}>
      {children}
    </VariableProviderWithQueryParams>
  );
}

/** Tells what a person changed. Perses moves panels together by itself when it draws them, which is no change yet. */
function Follow({ onChange }: Pick<VisualEditorProps, 'onChange'>) {
  const { panels, layouts, variables } = useDashboard().dashboard.spec;
  const now = JSON.stringify({ panels, layouts, variables });
  const known = useRef(now);
  const isTouched = useTouched();

  useEffect(() => {
    if (!isTouched.current || known.current === now) return;
    // Written above.
    const [before, after] = [known.current, now].map((text) => JSON.parse(text) as Parts) as [Parts, Parts];
    known.current = now;
    onChange(before, after);
  }, [now, isTouched, onChange]);
  return null;
}

/** Whether anything was done on the page since this was shown. */
function useTouched() {
  const isTouched = useRef(false);
  useEffect(() => {
    const touch = (): void => {
      isTouched.current = true;
    };
    const events = ['pointerdown', 'keydown'] as const;
    for (const event of events) window.addEventListener(event, touch, { capture: true, once: true });
    return () => {
      for (const event of events) window.removeEventListener(event, touch, { capture: true });
    };
  }, []);
  return isTouched;
}

/** What Perses keeps in an address, kept here: the page's own address names what is edited. */
const InMemory: QueryParamAdapterComponent = ({ children }) => {
  const [search, setSearch] = useState('');
  const go = (location: { readonly search: string }): void => setSearch(location.search);
  return children({ location: { search }, push: go, replace: go });
};
