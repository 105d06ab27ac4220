/**
 * What is known of the API's answers, and whether one of them said that the session has ended: the one place that
 * notices it, whoever asked, our own calls or a Perses panel. Knows no React tree.
 */
import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-error';

export interface ApiCache {
  readonly queryClient: QueryClient;
  readonly subscribe: (onChange: () => void) => () => void;
  readonly hasSessionEnded: () => boolean;
  /** Forgets everything, and leaves no request or timer behind. */
  readonly clear: () => void;
}

export function createApiCache(): ApiCache {
  const listeners = new Set<() => void>();
  let sessionEnded = false;
  const setSessionEnded = (ended: boolean) => {
    if (ended !== sessionEnded) {
      sessionEnded = ended;
      listeners.forEach((onChange) => onChange());
    }
  };
  const queryClient = createQueryClient(() => setSessionEnded(true));
  return {
    queryClient,
    subscribe: (onChange) => {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    hasSessionEnded: () => sessionEnded,
    clear: () => {
      queryClient.clear();
      setSessionEnded(false);
    },
  };
}

function createQueryClient(onSessionEnded: () => void): QueryClient {
  return new QueryClient({
    // What fails is said on the page; the console is for defects.
    logger: { log: ignore, warn: ignore, error: ignore },
    queryCache: new QueryCache({
      onError: (error) => {
        if (isSessionEnded(error)) {
          onSessionEnded();
        }
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        // Panels refresh on their own clock; a switch between windows is no reason to ask for everything again.
        refetchOnWindowFocus: false,
        // The API's refusals do not change by asking again; a network failure may.
        retry: (failures, error) => failures < 1 && !isRefusal(error),
        ...evenOffline,
        refetchOnReconnect: true,
      },
      mutations: evenOffline,
    },
  });
}

/** A browser that believes itself without a network may still reach this app, on the same machine or in a closed network. */
const evenOffline = { networkMode: 'always' } as const;

const ignore = (): void => undefined;

/** HTTP status of an error that a Perses plugin threw (`UserFriendlyError` and `FetchError` carry one). */
function statusOf(error: unknown): number | undefined {
  return error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : undefined;
}

function isSessionEnded(error: unknown): boolean {
  return error instanceof ApiError ? error.code === 'ERR_AUTH_001' : statusOf(error) === 401;
}

function isRefusal(error: unknown): boolean {
  return error instanceof ApiError ? error.code !== 'ERR_DATA_001' : (statusOf(error) ?? 500) < 500;
}
