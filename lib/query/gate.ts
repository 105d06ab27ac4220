/** Places for what may run at the same time, first come, first served. Knows nothing of what runs. */

export interface Gate {
  /**
   * Waits for a place.
   *
   * @returns gives the place back; to be called once
   * @throws the reason of `signal` when it is aborted, before or while waiting
   */
  readonly enter: (signal: AbortSignal) => Promise<() => void>;
  readonly running: () => number;
  readonly waiting: () => number;
}

export function createGate(places: number): Gate {
  let running = 0;
  /** Each starts one who waits. */
  const waiting = new Set<() => void>();

  const leave = (): void => {
    const [start] = waiting;
    if (start) start();
    else running -= 1;
  };

  return {
    async enter(signal) {
      signal.throwIfAborted();
      if (running < places) running += 1;
      else await waitTurn(waiting, signal);
      return leave;
    },
    running: () => running,
    waiting: () => waiting.size,
  };
}

/** Waits until someone who leaves hands the place on, or throws the reason of `signal`. */
async function waitTurn(waiting: Set<() => void>, signal: AbortSignal): Promise<void> {
  const started = await new Promise<boolean>((resolve) => {
    const leave = (withPlace: boolean): void => {
      waiting.delete(start);
      signal.removeEventListener('abort', giveUp);
      resolve(withPlace);
    };
    const start = (): void => leave(true);
    const giveUp = (): void => leave(false);
    waiting.add(start);
    signal.addEventListener('abort', giveUp);
  });
  if (!started) signal.throwIfAborted();
}
