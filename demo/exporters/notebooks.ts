/** Notebooks as their servers and the notebook controller report them. */
import type { Notebook } from '../workloads/notebooks';
import type { Signal } from '../workloads/signal';
import { counter, gauge, slowly, type Exporter, type Labels } from './exposition';

export function notebookExporter(notebooks: readonly Notebook[]): Exporter {
  const per = (rows: (notebook: Notebook) => readonly (readonly [Labels, Signal])[]) =>
    notebooks.flatMap((one) => rows(one).map(([labels, value]) => ({ labels: { namespace: one.spec.namespace, notebook: one.spec.name, user: one.spec.user, ...labels }, value })));
  const families = [
    gauge('odh_notebook_info', 'A running notebook.', per(({ spec, pod }) => [[{ pod, image: spec.image }, () => 1]])),
    gauge('odh_notebook_sessions', 'Open browser sessions.', per(({ sessions }) => [[{}, sessions]])),
    gauge('odh_notebook_kernels', 'Kernels by state.', per(({ busyKernels, idleKernels }) => [[{ state: 'busy' }, busyKernels], [{ state: 'idle' }, idleKernels]])),
    counter('odh_notebook_kernel_restarts_total', 'Kernels that were restarted.', per(({ restarts }) => [[{}, restarts]])),
    gauge('odh_notebook_last_activity_timestamp_seconds', 'Last activity of a kernel.', per(({ lastActivity }) => [[{}, lastActivity]])),
  ];
  return { job: 'notebooks', path: '/metrics/notebooks', targets: [{ instance: 'notebook-controller:8080', families: slowly(families) }] };
}
