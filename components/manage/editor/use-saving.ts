/** A change that is being stored: whether it is under way, and why the last one failed. */
import { useState } from 'react';

export interface Saving {
  readonly isSaving: boolean;
  /** Undefined while nothing failed. */
  readonly error: unknown;
  readonly clear: () => void;
  /** Does the work; resolves when it is done or has failed. */
  readonly run: (work: () => Promise<void>) => Promise<void>;
}

export function useSaving(): Saving {
  const [state, setState] = useState<{ readonly isSaving: boolean; readonly error?: unknown }>({ isSaving: false });
  return {
    isSaving: state.isSaving,
    error: state.error,
    clear: () => setState({ isSaving: false }),
    run: async (work) => {
      setState({ isSaving: true });
      try {
        await work();
        setState({ isSaving: false });
      } catch (error) {
        setState({ isSaving: false, error });
      }
    },
  };
}
