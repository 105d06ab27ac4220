import type { VariableDefinition } from '@perses-dev/core';
import { describe, expect, it } from 'vitest';
import { foreignProjects, withProjects } from './projects';

const fromQuery: VariableDefinition = {
  kind: 'ListVariable',
  spec: {
    name: 'namespace',
    display: { name: 'namespace', hidden: true },
    allowMultiple: false,
    allowAllValue: false,
    plugin: { kind: 'PrometheusLabelValuesVariable', spec: { labelName: 'namespace' } },
  },
};
const job: VariableDefinition = { kind: 'TextVariable', spec: { name: 'job', value: '' } };

describe('the project variable', () => {
  it("is filled from the caller's projects, whatever query the dashboard has for it", () => {
    const [definition] = withProjects([fromQuery, job], ['a', 'b']);
    expect(definition).toMatchObject({
      kind: 'ListVariable',
      spec: { name: 'namespace', display: { name: 'Project', hidden: false }, plugin: { kind: 'StaticListVariable', spec: { values: ['a', 'b'] } } },
    });
  });

  it('keeps whether the dashboard allows several projects or all', () => {
    expect(withProjects([fromQuery], ['a'])[0]).toMatchObject({ spec: { allowMultiple: false, allowAllValue: false } });
  });

  it('becomes a list even where a dashboard made it a text', () => {
    const typed: VariableDefinition = { kind: 'TextVariable', spec: { name: 'namespace', value: 'anything' } };
    expect(withProjects([typed], ['a'])[0]).toMatchObject({ kind: 'ListVariable', spec: { allowMultiple: true, allowAllValue: true } });
  });

  it('leaves every other variable as it is', () => {
    expect(withProjects([fromQuery, job], ['a'])[1]).toBe(job);
  });

  it('is not added to a dashboard that has none', () => {
    expect(withProjects([job], ['a'])).toEqual([job]);
  });
});

describe('projects of the address that are not the caller\'s', () => {
  const scientist = { subject: 's', name: 'Sam', administrator: false, projects: ['llm-research'], platformProject: 'platform' };

  it('are named', () => {
    expect(foreignProjects(['llm-research', 'fraud-detection'], scientist)).toEqual(['fraud-detection']);
  });

  it('are none when nothing or "all" was chosen', () => {
    expect(foreignProjects(undefined, scientist)).toEqual([]);
    expect(foreignProjects(['$__all'], scientist)).toEqual([]);
  });

  it('are none for an administrator, who may see projects without metrics too', () => {
    expect(foreignProjects(['quiet'], { ...scientist, administrator: true })).toEqual([]);
  });
});
