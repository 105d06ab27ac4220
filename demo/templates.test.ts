/** What new dashboards begin from, against the rules of all dashboards. */
import { expect, it } from 'vitest';
import { textOf } from '../components/manage/editor/document';
import { fromTemplate } from '../components/manage/editor/templates';
import { configSchema } from '../lib/config/schema';
import { checkText } from '../lib/dashboards/check-api';
import { rulesBrokenBy } from '../lib/dashboards/check/rules';

it.each(['blank', 'serving', 'training', 'project'] as const)('the template "%s" breaks no rule, and no advice is given on it', (name) => {
  const template = fromTemplate(name);
  const text = textOf({ ...template, metadata: { ...template.metadata, name: 'made-here', project: 'fraud-detection' } });
  const limits = configSchema.shape.limits.parse({});
  expect(checkText(text, { platformProject: 'opendatahub', brokenRules: (dashboard) => rulesBrokenBy(dashboard, { limits, scopeLabel: 'namespace', datasources: ['prometheus'], metricExists: undefined }) }).problems).toEqual([]);
});
