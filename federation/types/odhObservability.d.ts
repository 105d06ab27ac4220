/**
 * The modules that the remote `odhObservability` exposes, for hosts written in TypeScript. Published beside the remote,
 * at `federation/types/odhObservability.d.ts`.
 */

declare module 'odhObservability/DashboardViewer' {
  import type { ComponentType } from 'react';

  export interface DashboardViewerProps {
    /** Project of the dashboard. */
    readonly project: string;
    /** Name of the dashboard, such as `model-serving`. */
    readonly dashboard: string;
    /** Values of variables that are shown first, by the variable's name. */
    readonly variables?: Readonly<Record<string, string | readonly string[]>> | undefined;
    /** A duration back from now (`{ start: '6h' }`), or two instants in milliseconds since the epoch. */
    readonly timeRange?: { readonly start: string; readonly end?: string | undefined } | undefined;
    /** Whether the state is kept in the page's address: for the one viewer that a page is about. */
    readonly syncToUrl?: boolean;
    /** How much stands around the panels. */
    readonly chrome?: 'full' | 'compact' | 'none';
    /** Address at which the host proxies the API; `/odh-observability/api` when absent. */
    readonly apiBase?: string | undefined;
    /** Called in place of the host's router with every address that a person goes to. */
    readonly onNavigate?: ((to: string) => void) | undefined;
  }

  const DashboardViewer: ComponentType<DashboardViewerProps>;
  export default DashboardViewer;
}

declare module 'odhObservability/SummaryPanel' {
  import type { ComponentType } from 'react';

  export interface SummaryPanelProps {
    /** The project. */
    readonly namespace: string;
    /** As of `DashboardViewer`. */
    readonly apiBase?: string | undefined;
    /** As of `DashboardViewer`. */
    readonly onNavigate?: ((to: string) => void) | undefined;
  }

  const SummaryPanel: ComponentType<SummaryPanelProps>;
  export default SummaryPanel;
}

declare module 'odhObservability/DashboardCatalog' {
  import type { ComponentType } from 'react';

  export interface DashboardCatalogProps {
    /** As of `DashboardViewer`. */
    readonly apiBase?: string | undefined;
    /** As of `DashboardViewer`. */
    readonly onNavigate?: ((to: string) => void) | undefined;
  }

  const DashboardCatalog: ComponentType<DashboardCatalogProps>;
  export default DashboardCatalog;
}

declare module 'odhObservability/links' {
  import type { ReactElement } from 'react';

  /** What a page can be about and has a dashboard for. */
  export type DashboardSubject =
    | { readonly kind: 'model'; readonly namespace: string; readonly name: string; readonly version?: string }
    | { readonly kind: 'training-job'; readonly namespace: string; readonly name: string }
    | { readonly kind: 'pipeline-run'; readonly namespace: string; readonly name: string; readonly pipeline?: string }
    | { readonly kind: 'notebook'; readonly namespace: string; readonly name: string; readonly user?: string }
    | { readonly kind: 'project'; readonly namespace: string }
    | { readonly kind: 'node'; readonly name: string };

  /** Address of the dashboard that shows a subject, already limited to it. */
  export function dashboardHref(subject: DashboardSubject, options?: { readonly start?: string }): string;

  export type ViewMetricsLinkProps = DashboardSubject & {
    /** Where the time range begins, such as `6h`; the dashboard's own default without it. */
    readonly start?: string;
    /** As of `DashboardViewer`. */
    readonly onNavigate?: ((to: string) => void) | undefined;
  };

  /** A link "View metrics". */
  export function ViewMetricsLink(props: ViewMetricsLinkProps): ReactElement;
}

declare module 'odhObservability/extensions' {
  /** An extension of ODH Dashboard. */
  export interface Extension {
    readonly type: string;
    readonly properties: Readonly<Record<string, unknown>>;
  }

  const extensions: readonly Extension[];
  export default extensions;
}
