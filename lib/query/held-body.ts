/**
 * Keeps a caller's place until its answer was taken: an answer that nobody reads stays in memory, so it counts as a
 * query that runs. Knows nothing of what the answer is.
 */

/** The system's socket buffers take this much at once, whether the caller reads or not. */
const small = 64 * 1024;

/**
 * A response body that gives a place back when it was read to its end or cancelled, or when the caller is gone. Small
 * ones give it back at once.
 *
 * @param leave gives the place back; called once
 * @param signal aborted when the caller goes away, which covers a response that is never read
 */
export function heldBody(bytes: Uint8Array<ArrayBuffer>, leave: () => void, signal: AbortSignal): Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> {
  if (bytes.length <= small || signal.aborted) {
    leave();
    return bytes;
  }
  let held = true;
  const release = (): void => {
    if (held) {
      held = false;
      signal.removeEventListener('abort', release);
      leave();
    }
  };
  signal.addEventListener('abort', release);
  let sent = false;
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (sent) {
          controller.close();
          release();
        } else {
          sent = true;
          controller.enqueue(bytes);
        }
      },
      cancel: release,
    },
    // Nothing is read ahead: who asks for more has taken what came before.
    { highWaterMark: 0 },
  );
}
