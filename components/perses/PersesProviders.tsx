/** What Perses's components need around them: style cache with the page's nonce, themes, plugins, datasources. */
import { useMemo, type ReactNode } from 'react';
import { CacheProvider } from '@emotion/react';
import { ThemeProvider } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import type { DashboardResource } from '@perses-dev/core';
import { ChartsProvider } from '@perses-dev/components';
import { DatasourceStoreProvider } from '@perses-dev/dashboards';
import { PluginRegistry, type PluginRegistryProps } from '@perses-dev/plugin-system';
import { useApi } from '../api/ApiProvider';
import { useHost } from '../host/HostProvider';
import { createDatasourceApi } from './datasources';
import { pluginLoader } from './plugin-registry';
import { styleCache } from './style-cache';
import { chartsTheme, muiTheme } from './theme';
import { useReducedMotion } from './use-reduced-motion';
import { useTokens } from './use-tokens';

export interface PersesProvidersProps {
  readonly dashboard: DashboardResource;
  /** Those that draw, when undefined. */
  readonly plugins?: Pick<PluginRegistryProps, 'pluginLoader' | 'defaultPluginKinds'>;
  readonly children: ReactNode;
}

const drawing = { pluginLoader };

export function PersesProviders({ dashboard, plugins = drawing, children }: PersesProvidersProps) {
  const { apiBase, nonce } = useHost();
  const api = useApi();
  const queryClient = useQueryClient();
  const tokens = useTokens();

  const theme = useMemo(() => muiTheme(tokens), [tokens]);
  const isStill = useReducedMotion();
  const charts = useMemo(() => chartsTheme(theme, tokens, isStill), [theme, tokens, isStill]);
  const datasourceApi = useMemo(() => createDatasourceApi(api, apiBase, queryClient), [api, apiBase, queryClient]);

  return (
    <CacheProvider value={styleCache(nonce)}>
      <ThemeProvider theme={theme}>
        {/* No pinning of tooltips: the click that ends a zoom by dragging would pin one, and ECharts then fails in it. */}
        <ChartsProvider chartsTheme={charts} enablePinning={false} enableSyncGrouping>
          <PluginRegistry {...plugins}>
            <DatasourceStoreProvider dashboardResource={dashboard} datasourceApi={datasourceApi}>
              {children}
            </DatasourceStoreProvider>
          </PluginRegistry>
        </ChartsProvider>
      </ThemeProvider>
    </CacheProvider>
  );
}
