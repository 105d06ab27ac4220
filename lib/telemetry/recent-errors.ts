/** The last warnings and errors of this process, for somebody who looks for what is wrong and has no log at hand. */

export interface RecentErrors {
  /** Takes a line of the log, and keeps it when it tells of something wrong. */
  readonly notice: (line: string) => void;
  /** The oldest first. */
  readonly lines: () => readonly string[];
}

/** More, or longer ones, are in the log only. */
const mostLines = 200;
const mostCharacters = 4_096;

export function createRecentErrors(): RecentErrors {
  const kept: string[] = [];
  return {
    notice: (line) => {
      // As `createLogger` writes them.
      if (!/^\{"level":"(?:warn|error)"/.test(line)) return;
      kept.push(line.trimEnd().slice(0, mostCharacters));
      if (kept.length > mostLines) kept.shift();
    },
    lines: () => [...kept],
  };
}
