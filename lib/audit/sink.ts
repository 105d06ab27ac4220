/** Where lines go. Knows neither records nor chains. */

export interface Sink {
  /**
   * Makes the sink ready to write.
   *
   * @returns the last complete line that was written before, or undefined where nothing was or nobody can tell
   */
  open(): Promise<string | undefined>;
  /**
   * Writes lines, all or none, and resolves when they are as safe as this sink can make them. After a failure the same
   * text is given again, and nothing else before it.
   *
   * @param lines ends with a line feed
   * @param firstSeq number of the first record in them, for the names of files
   */
  write(lines: string, firstSeq: number): Promise<void>;
  close(): Promise<void>;
}
