/**
 * What the log keeps of a thrown value: type, message, stack and causes, nothing else. Client libraries hang requests,
 * headers and tokens onto their errors; a general serializer would write those out.
 */

export interface ErrorDescription {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
  readonly cause?: ErrorDescription;
}

/** Causes can point in a circle. */
const deepest = 5;

export function describeError(error: unknown, depth = 0): ErrorDescription {
  if (!(error instanceof Error)) {
    // Anything can be thrown; what is neither an Error nor a sentence might hold anything, so only its type is kept.
    return { type: typeof error, message: typeof error === 'string' ? error : 'not an Error' };
  }
  const code: unknown = Reflect.get(error, 'code');
  return {
    type: error.name,
    message: error.message,
    ...(typeof code === 'string' ? { code } : {}),
    ...(error.stack === undefined ? {} : { stack: error.stack }),
    ...(error.cause === undefined || depth >= deepest ? {} : { cause: describeError(error.cause, depth + 1) }),
  };
}
