/** A part of the viewer: a section of the page where the viewer is the page, bare inside something else. */
import type { ReactNode } from 'react';
import { PageSection } from '@patternfly/react-core';

/**
 * How much stands around the panels. `full`: the page's breadcrumb, title and controls. `compact`: small controls, for a
 * tab or a card that has a title already. `none`: panels only.
 */
export type ViewerChrome = 'full' | 'compact' | 'none';

export function ViewerSection({ chrome, isFilled = false, children }: { readonly chrome: ViewerChrome; readonly isFilled?: boolean; readonly children: ReactNode }) {
  return chrome === 'full' ? <PageSection isFilled={isFilled}>{children}</PageSection> : <>{children}</>;
}
