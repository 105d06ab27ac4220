import { expect, it } from 'vitest';
import type { Dashboard } from '../../lib/contracts/dashboard';
import { simplePanels } from './simple';

const panel = { kind: 'Panel' as const, spec: { plugin: { kind: 'StatChart', spec: {} } } };
const dashboard = (simple?: string): Dashboard => ({
  kind: 'Dashboard',
  metadata: { name: 'a', project: 'b', version: 0, ...(simple === undefined ? {} : { annotations: { simple } }) },
  spec: { duration: '1h', panels: { gpu: panel, cpu: panel, loss: panel }, layouts: [] },
});

it('is what the annotation names', () => expect(simplePanels(dashboard('gpu, loss,gone'))).toEqual(new Set(['gpu', 'loss'])));

it.each([[undefined], [''], ['gone'], ['gpu,cpu,loss']])('is nothing of its own for %j', (simple) => expect(simplePanels(dashboard(simple))).toBeUndefined());
