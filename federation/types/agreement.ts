/**
 * Checked by the compiler and run by nobody: what odhObservability.d.ts says of each module is what the module is. A
 * line here that does not compile means that one of the two changed without the other.
 */
import type { ComponentProps } from 'react';
import type PublishedCatalog from 'odhObservability/DashboardCatalog';
import type PublishedViewer from 'odhObservability/DashboardViewer';
import type publishedExtensions from 'odhObservability/extensions';
import type * as PublishedLinks from 'odhObservability/links';
import type PublishedSummary from 'odhObservability/SummaryPanel';
import type Catalog from '../exposes/DashboardCatalog';
import type Viewer from '../exposes/DashboardViewer';
import type extensions from '../exposes/extensions';
import type * as Links from '../exposes/links';
import type Summary from '../exposes/SummaryPanel';

/** True when each can stand in the place of the other. */
type Same<Published, Actual> = [Published, Actual] extends [Actual, Published] ? true : false;

export const agreement: {
  readonly catalog: Same<ComponentProps<typeof PublishedCatalog>, ComponentProps<typeof Catalog>>;
  readonly viewer: Same<ComponentProps<typeof PublishedViewer>, ComponentProps<typeof Viewer>>;
  readonly summary: Same<ComponentProps<typeof PublishedSummary>, ComponentProps<typeof Summary>>;
  readonly viewMetricsLink: Same<ComponentProps<typeof PublishedLinks.ViewMetricsLink>, ComponentProps<typeof Links.ViewMetricsLink>>;
  readonly dashboardHref: Same<Parameters<typeof PublishedLinks.dashboardHref>, Parameters<typeof Links.dashboardHref>>;
  readonly extensions: Same<typeof publishedExtensions, typeof extensions>;
  readonly links: Same<keyof typeof PublishedLinks, keyof typeof Links>;
} = { catalog: true, viewer: true, summary: true, viewMetricsLink: true, dashboardHref: true, extensions: true, links: true };
