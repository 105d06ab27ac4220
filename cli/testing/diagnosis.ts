/** `diagnose` with a given configuration, and what it found. */
import { join } from 'node:path';
import { expect } from 'vitest';
import { stringify } from 'yaml';
import type { Finding } from '../../lib/contracts/status';
import { folderWith, runCommand, type Ran } from './terminal';

export interface Setting {
  readonly issuer: string;
  /** What differs from a datasource `prometheus` with only an address. */
  readonly datasource: Readonly<Record<string, unknown>>;
  /** Other keys of the configuration. */
  readonly others?: Readonly<Record<string, unknown>>;
  /** What the providers of tests know without it. */
  readonly clientSecret?: string;
  /** Access token of an administrator. */
  readonly token?: string;
}

export async function runDiagnose({ issuer, datasource, others = {}, clientSecret = 'a-client-secret', token }: Setting, ...args: string[]): Promise<Ran> {
  const config = { publicUrl: 'http://127.0.0.1:3000', identity: { issuer, clientId: 'odh-observability' }, datasources: [{ name: 'prometheus', default: true, ...datasource }], ...others };
  const folder = await folderWith({ 'config.yaml': stringify(config) });
  return runCommand(['diagnose', ...args], {
    OBSERVABILITY_CONFIG: join(folder, 'config.yaml'),
    OBSERVABILITY_SESSION_SECRET: 's'.repeat(32),
    OBSERVABILITY_CLIENT_SECRET: clientSecret,
    ...(token === undefined ? {} : { OBSERVABILITY_TOKEN: token }),
  });
}

export interface Findings {
  readonly code: number;
  readonly find: (subject: string) => Finding | undefined;
}

export async function findingsOf(setting: Setting): Promise<Findings> {
  const { code, out } = await runDiagnose(setting, '--format', 'json');
  const { findings } = JSON.parse(out) as { findings: Finding[] };
  return { code, find: (subject) => findings.find((finding) => finding.subject === subject) };
}

/** What a finding must have: its state, and what stands in it and in its next step. */
export const finding = (state: Finding['state'], found: string, next: string): object =>
  ({ state, found: containing(found), next: containing(next) });

const containing = (text: string): unknown => expect.stringContaining(text) as unknown;
