/** Dashboards for tests: the least that is valid, with what a test wants changed. */
import type { Dashboard } from '../../contracts/dashboard';

export const minimalSpec = {
  display: { name: 'Model Training Metrics' },
  duration: '1h',
  panels: { loss: { kind: 'Panel', spec: { display: { name: 'Loss' }, plugin: { kind: 'TimeSeriesChart', spec: {} }, queries: [] } } },
  layouts: [{ kind: 'Grid', spec: { items: [{ x: 0, y: 0, width: 12, height: 6, content: { $ref: '#/spec/panels/loss' } }] } }],
};

/** A custom resource as it stands in a file. */
export function resource(metadata: Record<string, unknown> = {}, spec: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    apiVersion: 'perses.dev/v1alpha2',
    kind: 'PersesDashboard',
    metadata: { name: 'model-training', ...metadata },
    spec: { config: { ...minimalSpec, ...spec } },
  };
}

/** A dashboard as a store has it. */
export function dashboard(project: string, name: string, annotations: Record<string, string> = {}): Dashboard {
  return {
    kind: 'Dashboard',
    metadata: { name, project, version: 0, annotations },
    spec: { display: { name }, duration: '1h', panels: {}, layouts: [] },
  };
}
