/** What people read: whether a dashboard says what it answers, and each panel what it shows, in which unit, and what to do. */
import { annotationPrefix, audiences, categories, type Dashboard } from '../../contracts/dashboard';
import { panelKinds } from '../../contracts/panel-kinds';
import { z } from '../../contracts/zod';
import type { DashboardProblem } from '../parse';

const formatted = z.looseObject({ unit: z.string().min(1) });

/** Where a panel of a kind says the unit of its numbers. Tables say it column by column. */
const unitOf: Readonly<Record<string, z.ZodType>> = {
  BarChart: z.looseObject({ format: formatted }),
  GaugeChart: z.looseObject({ format: formatted }),
  HeatMapChart: z.looseObject({ yAxisFormat: formatted, countFormat: formatted }),
  HistogramChart: z.looseObject({ format: formatted }),
  PieChart: z.looseObject({ format: formatted }),
  StatChart: z.looseObject({ format: formatted }),
  TimeSeriesChart: z.looseObject({ yAxis: z.looseObject({ format: formatted }) }),
};

const descriptionLines = ['What: ', 'Healthy: ', 'Usual cause', 'Next step: '];

/** What shipped dashboards say beyond titles and units. */
export function textProblems({ metadata, spec }: Dashboard): DashboardProblem[] {
  const problems: DashboardProblem[] = [];
  const add = (path: readonly PropertyKey[], reason: string): void => void problems.push({ path, reason });

  const { category, audience, priority, help, simple } = metadata.annotations ?? {};
  if (!categories.some((name) => name === category)) add([], `annotation ${annotationPrefix}category: expected one of ${categories.join(', ')}`);
  if (audience?.split(',').some((one) => !audiences.some((name) => name === one))) add([], `annotation ${annotationPrefix}audience: expected some of ${audiences.join(', ')}`);
  if (!/^\d+$/.test(priority ?? '')) add([], `annotation ${annotationPrefix}priority: expected a number`);
  if (!/^## /m.test(help ?? '')) add([], `annotation ${annotationPrefix}help: expected a text with a heading that says how to read the dashboard`);
  const unknown = simple?.split(',').filter((name) => !(name.trim() in spec.panels)) ?? [];
  if (unknown.length > 0) add([], `annotation ${annotationPrefix}simple: there is no panel "${unknown.join('", "')}"`);
  if (!/\S\?$/.test(spec.display?.description ?? '')) add(['display'], 'the description does not ask the question that the dashboard answers');
  for (const [index, { spec: layout }] of spec.layouts.entries()) {
    if (!z.looseObject({ display: z.looseObject({ title: z.string().min(1) }) }).safeParse(layout).success) add(['layouts', index], 'the row has no title');
  }
  for (const [index, { spec: variable }] of (spec.variables ?? []).entries()) {
    const named = z.looseObject({ name: z.string().min(1), description: z.string().min(1) }).safeParse(variable.display);
    if (!named.success) add(['variables', index], `the variable "${variable.name}" has no name or no description for people`);
  }
  const names = (spec.variables ?? []).map((variable) => variable.spec.name);
  if (audience !== 'admin' && names[0] !== 'namespace') add(['variables'], 'the first variable is not "namespace", the choice of projects');

  for (const [name, { spec: panel }] of Object.entries(spec.panels)) {
    const path = ['panels', name, 'spec'];
    if (panel.plugin.kind === 'Markdown') {
      if ((panel.display?.name ?? '') === '') add([...path, 'display'], 'the panel has no title');
      continue;
    }
    if (!/ \([^()]+\)$/.test(panel.display?.name ?? '')) add([...path, 'display', 'name'], 'the title does not end with the unit in brackets');
    const description = panel.display?.description ?? '';
    const missing = descriptionLines.filter((start) => !description.split('\n').some((line) => line.startsWith(start)));
    if (missing.length > 0) add([...path, 'display'], `the description has no line "${missing.map((start) => start.trim()).join('", "')}"`);
  }
  return problems;
}

/** Panels that nothing here can draw. */
export function panelKindProblems({ spec }: Dashboard): DashboardProblem[] {
  return Object.entries(spec.panels).flatMap(([name, { spec: { plugin } }]) =>
    panelKinds.some((kind) => kind === plugin.kind) ? [] : [{ path: ['panels', name, 'spec', 'plugin', 'kind'], reason: `there is no panel of kind "${plugin.kind}"` }],
  );
}

/** Panels without a title. A text is its own. */
export function titleProblems({ spec }: Dashboard): DashboardProblem[] {
  return Object.entries(spec.panels).flatMap(([name, { spec: { display, plugin } }]) =>
    plugin.kind === 'Markdown' || (display?.name ?? '').trim() !== '' ? [] : [{ path: ['panels', name, 'spec', 'display'], reason: 'the panel has no title' }],
  );
}

/** Panels that do not say in which unit their numbers are. */
export function unitProblems({ spec }: Dashboard): DashboardProblem[] {
  return Object.entries(spec.panels).flatMap(([name, { spec: { plugin } }]) =>
    unitOf[plugin.kind]?.safeParse(plugin.spec).success === false ? [{ path: ['panels', name, 'spec', 'plugin', 'spec'], reason: 'the panel has no unit for its numbers (format)' }] : [],
  );
}
