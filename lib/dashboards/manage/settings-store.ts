/**
 * The settings of administrators in one file that only this app writes to, all or nothing with each change. Knows neither
 * dashboards nor requests.
 */
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { dashboardSettingsSchema, homesSchema, type DashboardSettings } from '../../contracts/manage';
import { z } from 'zod';
import { AppError, isAppError } from '../../errors/app-error';
import { createQueues, removeAbandoned, replaceFile, unless } from '../../files/atomic';
import { describeError } from '../../telemetry/describe-error';
import type { Logger } from '../../telemetry/logger';
import { reasonNotStored } from '../writer';

const changedSchema = dashboardSettingsSchema.extend({ changedAt: z.string(), changedBy: z.string() });

const settingsSchema = z.object({
  /** One more with each change. */
  version: z.int().min(0),
  /** By `<project>/<name>`. */
  dashboards: z.record(z.string(), changedSchema),
  homes: homesSchema,
});

/** Settings of one dashboard, and who made them when. */
export type ChangedSettings = z.infer<typeof changedSchema>;
export type Settings = z.infer<typeof settingsSchema>;

export const noSettings: Settings = { version: 0, dashboards: {}, homes: { groups: {} } };

export interface SettingsStore {
  readonly file: string;
  /** What is set, as it was read last where it cannot be read any more; then with the reason. Settings arrange and never protect, so what they hide is seen meanwhile where they were never read. */
  readonly read: () => Promise<{ readonly settings: Settings; readonly problem?: string }>;
  /**
   * Changes what is stored.
   *
   * @param version that the change was made to
   * @throws AppError `ERR_DASH_003` when another one is stored, `ERR_DASH_004` when it could not be read or stored
   */
  readonly change: (version: number, change: (before: Settings) => Settings) => Promise<{ readonly before: Settings; readonly after: Settings }>;
}

export interface SettingsStoreOptions {
  readonly file: string;
  readonly log: Logger;
  /** Monotonic clock in milliseconds. */
  readonly now: () => number;
  /** Now, in milliseconds since the epoch. */
  readonly date: () => number;
}

/** How old a look at the file may be. */
const lookEvery = 2_000;

export function createSettingsStore({ file, log, now, date }: SettingsStoreOptions): SettingsStore {
  const inOrder = createQueues();
  let known = noSettings;
  let problem: string | undefined;
  let lookedAt = -Infinity;

  const isDue = (): boolean => now() - lookedAt >= lookEvery;

  async function look(): Promise<void> {
    try {
      known = await stored(file);
      problem = undefined;
    } catch (error) {
      const reason = describeError(error).message;
      if (problem === undefined) log.error({ file, reason }, 'settings of dashboards not readable, those that were read before hold');
      problem = reason;
    }
    lookedAt = now();
  }

  return {
    file,
    read: async () => {
      // One look serves all who waited for it.
      if (isDue()) await inOrder(file, async () => (isDue() ? look() : undefined));
      return { settings: known, ...(problem === undefined ? {} : { problem }) };
    },
    change: (version, change) =>
      inOrder(file, async () => {
        try {
          const before = await stored(file);
          if (before.version !== version) {
            throw new AppError('ERR_DASH_003', { detail: `Your settings are of version ${version}, stored is version ${before.version}.` });
          }
          const after = { ...change(before), version: before.version + 1 };
          await removeAbandoned(dirname(file), date());
          await replaceFile(file, `${JSON.stringify(after, null, 2)}\n`);
          known = after;
          return { before, after };
        } catch (cause) {
          throw isAppError(cause) ? cause : new AppError('ERR_DASH_004', { cause, detail: reasonNotStored(cause, 'settings') });
        }
      }),
  };
}

async function stored(file: string): Promise<Settings> {
  const text = await readFile(file, 'utf8').catch(unless('ENOENT'));
  return text === undefined ? noSettings : settingsSchema.parse(JSON.parse(text));
}

/** A dashboard's own settings, without who made them. */
export function ownSettings({ enabled, audience, priority }: DashboardSettings): DashboardSettings {
  return { ...(enabled === undefined ? {} : { enabled }), ...(audience === undefined ? {} : { audience }), ...(priority === undefined ? {} : { priority }) };
}
