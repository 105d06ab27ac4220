/** Instants as fields of a form, in the browser's time zone or in UTC. Pure, but for the browser's time zone. */

export type TimeZone = 'browser' | 'UTC';

export interface DateFields {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** `HH:mm`. */
  readonly time: string;
}

/** Name of the browser's time zone, such as `Europe/Berlin`. */
export const browserZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Name of the time zone for `Intl` and Perses. */
export const zoneName = (zone: TimeZone): string => (zone === 'UTC' ? 'UTC' : browserZone());

export function toFields(instant: Date, zone: TimeZone): DateFields {
  const shifted = zone === 'UTC' ? instant : new Date(instant.getTime() - instant.getTimezoneOffset() * 60_000);
  const text = shifted.toISOString();
  return { date: text.slice(0, 10), time: text.slice(11, 16) };
}

/** The instant of such fields, or undefined while they are incomplete or no date. */
export function fromFields({ date, time }: DateFields, zone: TimeZone): Date | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || !/^\d{2}:\d{2}$/.test(time)) {
    return undefined;
  }
  const instant = new Date(`${date}T${time}${zone === 'UTC' ? 'Z' : ''}`);
  // A 31st of June counts as the 1st of July for some.
  return Number.isNaN(instant.getTime()) || toFields(instant, zone).date !== date ? undefined : instant;
}
