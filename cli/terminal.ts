/** What the command line needs of the world around it; tests bring their own. */

export interface Terminal {
  /** Writes a text to standard output. */
  readonly out: (text: string) => void;
  /** Writes bytes to standard output; resolves when they are gone. */
  readonly write: (bytes: Uint8Array) => Promise<void>;
  /** Writes a line for people to standard error. */
  readonly err: (line: string) => void;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly fetch: typeof fetch;
}

/** 0: fine; 1: problems, or differences; 2: it was called in a way that it does not know, or something could not be read. */
export type ExitCode = 0 | 1 | 2;

/** The command cannot do what it was asked to; its message is for whoever called it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
