/**
 * A component whose code is fetched when it is first shown; and what stands in its place while that takes time, when it
 * fails, or when the component itself breaks. The page around it goes on in each case.
 */
import { Component, useEffect, useState, type ComponentType, type ReactNode } from 'react';
import { Bullseye, Button, EmptyState, EmptyStateActions, EmptyStateBody, EmptyStateFooter, Spinner } from '@patternfly/react-core';
import DisconnectedIcon from '@patternfly/react-icons/dist/esm/icons/disconnected-icon';
import { common } from '../texts/common';
import { feedback } from '../texts/feedback';

/**
 * Not React's `lazy`: it shows no second fallback within half a second of the first, so that parts within parts would
 * each wait that long for the other.
 *
 * @param load fetches the code; called again when a person tries again, since a failure may pass
 * @param fallback stands in its place until the code is there
 */
export function deferred<Props extends object>(load: () => Promise<{ readonly default: ComponentType<Props> }>, fallback: (props: Props) => ReactNode = () => <Loading />): ComponentType<Props> {
  /** Once fetched, every place that shows it does so at once. */
  let fetched: ComponentType<Props> | undefined;

  function Content(props: Props) {
    const [state, setState] = useState<{ readonly component?: ComponentType<Props>; readonly failure?: unknown }>(() => (fetched === undefined ? {} : { component: fetched }));
    useEffect(() => {
      let isShown = true;
      const settle = (next: typeof state) => isShown && setState(next);
      if (fetched === undefined) {
        load().then(
          (module) => {
            fetched = module.default;
            settle({ component: fetched });
          },
          (failure: unknown) => settle({ failure }),
        );
      }
      return () => {
        isShown = false;
      };
    }, []);
    if ('failure' in state) {
      // For the boundary around it, as a failure of the component itself.
      throw state.failure instanceof Error ? state.failure : new Error('The code of a part could not be loaded.', { cause: state.failure });
    }
    return state.component === undefined ? fallback(props) : <state.component {...props} />;
  }

  return function Deferred(props: Props) {
    const [attempt, setAttempt] = useState(0);
    return (
      <FailureBoundary key={attempt} onRetry={() => setAttempt(attempt + 1)}>
        <Content {...props} />
      </FailureBoundary>
    );
  };
}

function Loading() {
  return (
    <Bullseye>
      <Spinner aria-label={common.loading} data-testid="part-loading" />
    </Bullseye>
  );
}

interface FailureBoundaryProps {
  readonly onRetry: () => void;
  readonly children: ReactNode;
}

class FailureBoundary extends Component<FailureBoundaryProps, { readonly error: unknown }> {
  override state: { readonly error: unknown } = { error: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    return error === undefined ? this.props.children : <PartFailed fetched={!isFetchFailure(error)} onRetry={this.props.onRetry} />;
  }
}

interface PartFailedProps {
  /** Whether the code was there and broke, rather than could not be had. */
  readonly fetched: boolean;
  readonly onRetry: () => void;
}

function PartFailed({ fetched, onRetry }: PartFailedProps) {
  return (
    <EmptyState
      status={fetched ? 'danger' : 'warning'}
      {...(fetched ? {} : { icon: DisconnectedIcon })}
      titleText={fetched ? feedback.part.broken : feedback.part.missing}
      headingLevel="h2"
      data-testid="part-failed"
    >
      <EmptyStateBody role="alert">{fetched ? feedback.part.brokenText : feedback.part.missingText}</EmptyStateBody>
      <EmptyStateFooter>
        <EmptyStateActions>
          <Button variant="primary" onClick={onRetry} data-testid="part-retry">
            {common.tryAgain}
          </Button>
          <Button variant="link" onClick={() => window.location.reload()}>
            {feedback.part.reload}
          </Button>
        </EmptyStateActions>
      </EmptyStateFooter>
    </EmptyState>
  );
}

/** Names and codes that bundlers give to the failures of their own requests, and the message of a browser's own import. */
function isFetchFailure(error: unknown): boolean {
  if (!(error instanceof Error)) {
    return false;
  }
  const code: unknown = 'code' in error ? error.code : undefined;
  return error.name === 'ChunkLoadError' || code === 'CSS_CHUNK_LOAD_FAILED' || /loading (?:css )?chunk|failed to load chunk|dynamically imported module/i.test(error.message);
}
