/** Shows what a code reference stands for; a failure stays in its place. */
import { Component, lazy, Suspense, useMemo, type ReactNode } from 'react';
import { Spinner } from '@patternfly/react-core';
import type { LoadComponent } from './extensions';

export function CodeRef({ component }: { readonly component: LoadComponent }) {
  const Content = useMemo(() => lazy(component), [component]);
  return (
    <HostBoundary>
      <Suspense fallback={<Spinner aria-label="The host is loading" />}>
        <Content />
      </Suspense>
    </HostBoundary>
  );
}

export class HostBoundary extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <p data-testid="host-boundary">The host caught an error of a module.</p> : this.props.children;
  }
}
