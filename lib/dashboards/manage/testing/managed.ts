/** Real folders of dashboards with everything that manages and serves them, for callers of several rights. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { scopeOf, type Scope } from '../../../access/scope';
import type { AuditEvent } from '../../../audit/events';
import { configSchema } from '../../../config/schema';
import { errorResponse, isAppError } from '../../../errors/app-error';
import type { IdentityHandler } from '../../../http/with-identity';
import { createLogger } from '../../../telemetry/logger';
import { createChangesApi } from '../../changes-api';
import { createDashboardsApi } from '../../dashboards-api';
import { createSources } from '../../sources';
import { dashboard, resource } from '../../testing/resources';
import { arrangedStore } from '../arrange';
import { createManageApi } from '../manage-api';
import { createManagers } from '../managers';
import { createSettingsApi } from '../settings-api';
import { createSettingsStore } from '../settings-store';

const people: Readonly<Record<string, { readonly scope: Scope; readonly edits: readonly string[] }>> = {
  admin: { scope: { kind: 'all' }, edits: ['opendatahub', 'fraud', 'vision'] },
  /** Administrator of one of two projects. */
  lead: { scope: scopeOf(['fraud', 'vision']), edits: ['fraud'] },
  /** Sees all metrics, and may change the dashboards of one project only. */
  reader: { scope: { kind: 'all' }, edits: ['fraud'] },
  member: { scope: scopeOf(['fraud']), edits: [] },
  guest: { scope: { kind: 'none' }, edits: [] },
};

export const publicUrl = 'http://app.test';
export const annotated = (annotations: Record<string, string>) => ({ annotations: Object.fromEntries(Object.entries(annotations).map(([name, value]) => [`observability.opendatahub.io/${name}`, value])) });

/** @param keepsSettings whether a store of settings is configured */
export function setUp({ keepsSettings = true } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'manage-'));
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  write('built-in/training.yaml', stringify(resource({ name: 'training', ...annotated({ audience: 'data-scientist', priority: '20' }) })));
  write('built-in/serving.yaml', stringify(resource({ name: 'serving' })));
  write('built-in/nodes.yaml', stringify(resource({ name: 'nodes', ...annotated({ audience: 'admin' }) })));
  write('built-in/cost.yaml', stringify(resource({ name: 'cost' })));
  const own = dashboard('fraud', 'own', { enabled: 'false' });
  write('own/fraud.own.json', JSON.stringify({ ...own, metadata: { ...own.metadata, version: 3, updatedAt: '2026-01-02T03:04:05.000Z', updatedBy: 'Lee Lead' } }));
  write('own/opendatahub.training.json', JSON.stringify(dashboard('opendatahub', 'training')));
  write('mounted/broken.yaml', stringify(resource({ name: 'broken', namespace: 'fraud' }, { panels: {} })));
  write('mounted/torn.yaml', 'kind: [');
  write('mounted/vision.yaml', stringify(resource({ name: 'vision', namespace: 'vision' })));

  const log = createLogger('error', { write: () => undefined });
  const clock = { now: 0 };
  const now = (): number => clock.now;
  const platformProject = 'opendatahub';
  const { dashboards } = configSchema.parse({
    publicUrl,
    identity: { issuer: 'http://provider.test', clientId: 'app' },
    datasources: [{ name: 'prometheus', default: true, url: 'http://prometheus.test' }],
    dashboards: { directory: join(folder, 'built-in'), own: join(folder, 'own'), directories: [join(folder, 'mounted'), join(folder, 'gone')], disabled: ['cost'] },
  });
  const { store, writers } = createSources({ dashboards, platformProject }, { kubernetes: undefined, metrics: { dashboardSourceUp: { set: () => undefined } as never }, log, now, date: Date.now });
  const file = join(folder, 'settings', 'settings.json');
  const settings = keepsSettings ? createSettingsStore({ file, log, now, date: Date.now }) : undefined;
  const events: AuditEvent[] = [];
  const resolveScope = ({ subject }: { readonly subject: string }) => Promise.resolve(people[subject]?.scope ?? { kind: 'none' as const });
  const mayEdit = ({ subject }: { readonly subject: string }, project: string) => Promise.resolve(people[subject]?.edits.includes(project) === true);
  const managedBy = createManagers({ resolveScope, mayEdit, listNamespaces: () => Promise.resolve(['fraud', 'vision']), platformProject, now });
  const fixedHomes = { 'fraud-team': 'opendatahub/training' };
  const audit = { record: (event: AuditEvent) => void events.push(event) };

  /** Asks as one of the people above. */
  async function ask(handler: IdentityHandler, subject: string, { params = {}, body, headers = { origin: publicUrl } }: { readonly params?: Record<string, string>; readonly body?: unknown; readonly headers?: Record<string, string> } = {}) {
    const identity = { subject, name: `The ${subject}`, claims: {}, token: 'token', expiresAt: Number.MAX_SAFE_INTEGER };
    const request = new Request(publicUrl, body === undefined ? { headers } : { method: 'PUT', headers, body: typeof body === 'string' ? body : JSON.stringify(body) });
    const response = await handler(request, { params, requestId: 'test', log, responseHeaders: new Headers() }, identity).catch((error: unknown) => {
      if (isAppError(error)) return errorResponse(error);
      throw error;
    });
    const text = await response.text();
    const json: unknown = text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : undefined;
    return { status: response.status, type: response.headers.get('content-type'), text, json, code: typeof json === 'object' && json !== null && 'code' in json ? json.code : undefined };
  }

  return {
    folder,
    file,
    write,
    clock,
    events,
    ask,
    manage: createManageApi({ store, writers, managedBy, settings, fixedHomes, groups: ['fraud-team', 'serving-team'], platformProject }),
    settings: createSettingsApi({ settings, audit, store, resolveScope, mayEdit, fixedHomes, platformProject, publicUrl, date: Date.now }),
    dashboards: createDashboardsApi({ store: arrangedStore(store, settings), resolveScope, platformProject }),
    changes: createChangesApi({ audit, store, writers, resolveScope, mayEdit, brokenRules: () => [], platformProject, publicUrl }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export type Managed = ReturnType<typeof setUp>;
