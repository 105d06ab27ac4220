/** One signal for two reasons to stop: the caller is gone, or its time is up. */

export interface Deadline {
  readonly signal: AbortSignal;
  /** Whether it is the time that stopped the work. */
  readonly expired: () => boolean;
  /** Ends the timer; the signal is not aborted any more. */
  readonly clear: () => void;
}

/** Made by hand because `AbortSignal.any` and `AbortSignal.timeout` leave timers and links behind until collected. */
export function deadline(caller: AbortSignal, milliseconds: number): Deadline {
  const controller = new AbortController();
  let expired = false;
  const leave = (): void => controller.abort(caller.reason);
  const timer = setTimeout(() => {
    expired = true;
    controller.abort(new DOMException('The time for this request is up.', 'TimeoutError'));
  }, milliseconds);
  caller.addEventListener('abort', leave, { once: true });
  if (caller.aborted) leave();
  return {
    signal: controller.signal,
    expired: () => expired,
    clear() {
      clearTimeout(timer);
      caller.removeEventListener('abort', leave);
    },
  };
}
