/** How all panels of a viewer are shown, whatever each of them shows. */
import { createContext, useContext } from 'react';
import type { Comparison } from '../time/comparison';

export interface PanelsView {
  /** The earlier time that charts and figures are compared with. */
  readonly compare: Comparison | undefined;
  /** Whether there is somebody to work with them: not on a wall, not on paper. */
  readonly isInteractive: boolean;
  /** Where all panels are wanted, in view or not: told of each, by an id of its own, whether it has all that it shows. */
  readonly onSettled?: ((id: string, isSettled: boolean) => void) | undefined;
}

const PanelsViewContext = createContext<PanelsView>({ compare: undefined, isInteractive: true });

export const PanelsViewProvider = PanelsViewContext.Provider;
export const usePanelsView = (): PanelsView => useContext(PanelsViewContext);
