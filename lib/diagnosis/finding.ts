/** What was checked of something behind the app, and what to do about it. */

export interface Finding {
  /** What was checked: `datasource prometheus`, `metrics of nodes`. */
  readonly subject: string;
  /**
   * `ok`: works. `problem`: does not, and people notice. `missing`: not there, and what needs it stays empty. `unknown`:
   * could not be checked by whoever asked.
   */
  readonly state: 'ok' | 'problem' | 'missing' | 'unknown';
  /** What was found. */
  readonly found: string;
  /** What to do next, where there is something to do. */
  readonly next?: string;
}
