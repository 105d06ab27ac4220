/** What the environment can change about the demo; the only place of it that reads the environment. */
import { resolve } from 'node:path';
import { projectRoot, SetupError } from './setup/index.mjs';

export interface Settings {
  /** Everything that the demo writes is in here. */
  readonly stateDirectory: string;
  readonly ports: { readonly app: number; readonly prometheus: number; readonly prometheusProxy: number; readonly oidc: number; readonly exporter: number };
  /** A Prometheus that is running already, to be used instead of the demo's own. */
  readonly prometheusUrl: string | undefined;
  /** Life of access tokens. Tests shorten it to see a silent refresh. */
  readonly accessTokenSeconds: number;
  /** Where preferences are kept. Tests, in which many browsers are one person, leave them to each browser; then nothing else is kept either. */
  readonly preferences: 'server' | 'browser';
  /** Addresses of hosts that embed the app and sign in at the demo's provider themselves. */
  readonly hostUrls: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

function integer(environment: Environment, variable: string, fallback: number, [low, high]: readonly [number, number]): number {
  const text = environment[variable];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < low || value > high) {
    throw new SetupError(`${variable} is "${text}"; expected a whole number from ${low} to ${high}.`);
  }
  return value;
}

function url(environment: Environment, variable: string): string | undefined {
  const text = environment[variable];
  if (text === undefined || text === '') return undefined;
  if (!URL.canParse(text) || !/^https?:/.test(text)) throw new SetupError(`${variable} is "${text}"; expected an http or https URL.`);
  return text.replace(/\/+$/, '');
}

function choice<Choice extends string>(environment: Environment, variable: string, choices: readonly [Choice, ...Choice[]]): Choice {
  const text = environment[variable];
  if (text === undefined || text === '') return choices[0];
  const chosen = choices.find((known) => known === text);
  if (chosen === undefined) throw new SetupError(`${variable} is "${text}"; expected ${choices.join(' or ')}.`);
  return chosen;
}

/** @throws SetupError that names the variable, its value and what is expected */
export function readSettings(environment: Environment = process.env): Settings {
  const port = (variable: string, fallback: number) => integer(environment, variable, fallback, [1, 65_535]);
  return {
    stateDirectory: resolve(projectRoot, environment.DEMO_STATE_DIR ?? '.demo'),
    ports: {
      app: port('DEMO_APP_PORT', 3000),
      prometheus: port('DEMO_PROMETHEUS_PORT', 9090),
      oidc: port('DEMO_OIDC_PORT', 9400),
      exporter: port('DEMO_EXPORTER_PORT', 9401),
      prometheusProxy: port('DEMO_PROMETHEUS_PROXY_PORT', 9402),
    },
    prometheusUrl: url(environment, 'PROMETHEUS_URL'),
    hostUrls: (environment.DEMO_HOST_URLS ?? '').split(' ').filter((text) => text !== ''),
    accessTokenSeconds: integer(environment, 'DEMO_ACCESS_TOKEN_SECONDS', 300, [5, 86_400]),
    preferences: choice(environment, 'DEMO_PREFERENCES', ['server', 'browser']),
  };
}
