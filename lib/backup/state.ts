/**
 * What this app keeps itself, part by part: where it is, and which files belong to it. Knows nothing of archives.
 */
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Config } from '../config/schema';
import { unless } from '../files/atomic';

export const partNames = ['dashboards', 'settings', 'preferences'] as const;
type PartName = (typeof partNames)[number];

/** Keys of the configuration that say where each part is. */
export const keyOf: Readonly<Record<PartName, string>> = { dashboards: 'dashboards.own', settings: 'dashboards.settings', preferences: 'preferences.store' };

export interface Part {
  readonly name: PartName;
  /** Folder that holds all of it. */
  readonly directory: string;
  /** Names of its files below the part, each after those that it must not be older than. */
  readonly list: () => Promise<string[]>;
  /** Path of the file with a name below the part; undefined for a name that no file of it has. */
  readonly fileOf: (name: string) => string | undefined;
}

/** One segment of a path, as lists of digests can hold it, and none that the stores hide or write aside. */
const segment = String.raw`[^./\\\p{Cc}][^/\\\p{Cc}]*`;
const dashboardFile = new RegExp(String.raw`^${segment}\.(?:ya?ml|json)$`, 'u');
const versionFile = new RegExp(String.raw`^\.history/${segment}/\d+\.json$`, 'u');
const preferencesFile = /^[0-9a-f]{64}\.json$/;
const settingsFile = 'settings.json';

/** The parts that this configuration has. */
export function partsOf({ dashboards: { own, settings }, preferences: { store } }: Pick<Config, 'dashboards' | 'preferences'>): Part[] {
  return [
    ...(own === undefined ? [] : [dashboardsIn(own)]),
    ...(settings === undefined ? [] : [settingsIn(settings)]),
    ...(store === undefined ? [] : [preferencesIn(store)]),
  ];
}

function dashboardsIn(directory: string): Part {
  return {
    name: 'dashboards',
    directory,
    // The history last: a version that is replaced meanwhile is in it, and one that is removed meanwhile is, too.
    list: async () => {
      const current = (await namesIn(directory)).filter((name) => dashboardFile.test(name));
      const histories = await namesIn(join(directory, '.history'));
      const versions = await Promise.all(histories.map(async (history) => (await namesIn(join(directory, '.history', history))).map((version) => `.history/${history}/${version}`)));
      return [...current, ...versions.flat().filter((name) => versionFile.test(name))];
    },
    fileOf: (name) => (dashboardFile.test(name) || versionFile.test(name) ? join(directory, name) : undefined),
  };
}

function settingsIn(file: string): Part {
  const directory = dirname(file);
  return {
    name: 'settings',
    directory,
    list: async () => ((await namesIn(directory)).includes(basename(file)) ? [settingsFile] : []),
    fileOf: (name) => (name === settingsFile ? file : undefined),
  };
}

function preferencesIn(directory: string): Part {
  return {
    name: 'preferences',
    directory,
    list: async () => (await namesIn(directory)).filter((name) => preferencesFile.test(name)),
    fileOf: (name) => (preferencesFile.test(name) ? join(directory, name) : undefined),
  };
}

async function namesIn(directory: string): Promise<string[]> {
  return ((await readdir(directory).catch(unless('ENOENT'))) ?? []).sort();
}

/** What a backup does not hold, and where it is kept instead. */
export function leftOutOf({ dashboards, preferences }: Pick<Config, 'dashboards' | 'preferences'>): string[] {
  return [
    ...(dashboards.own === undefined ? ['Dashboards made in the app: dashboards.own is not set, so there are none.'] : []),
    ...(dashboards.settings === undefined ? ['Settings of administrators: dashboards.settings is not set, so there are none.'] : []),
    ...(preferences.store === undefined ? ['Preferences: preferences.store is not set, so each browser keeps its own.'] : []),
    ...(dashboards.kubernetes === undefined ? [] : ['Dashboards in the cluster: they are resources of Kubernetes, kept by the backup of etcd, by Velero or in Git.']),
    ...(dashboards.perses === undefined ? [] : ['Dashboards of the Perses server: its own backup keeps them.']),
    'Built-in dashboards, and those of dashboards.directory: they come with the app or from a ConfigMap.',
    'The configuration and the secrets: they belong to the release and to its Secret.',
    'Audit records: they are only ever added to, and have a retention of their own (docs/audit.md).',
    'Sessions: they are in the cookies of browsers.',
    'Metrics: they are the metrics backend’s.',
  ];
}
