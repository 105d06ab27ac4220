/**
 * The variable `namespace`, which people know as "Project": filled from the caller's projects whatever a dashboard says.
 * Pure. This is a convenience; what a caller may see is decided by the server with every query.
 */
import type { ListVariableDefinition, VariableDefinition } from '@perses-dev/core';
import type { Me } from '../../../lib/contracts/identity';
import { texts } from '../../texts';
import { allValue } from '../url-state';

export const projectVariable = 'namespace';

/** Its value for all projects. The server adds the caller's to every query; repeating them would only make queries longer. */
export const allProjects = '.+';

/** The definitions with the project variable replaced, where a dashboard has one. */
export function withProjects(definitions: readonly VariableDefinition[], projects: readonly string[]): VariableDefinition[] {
  return definitions.map((definition) => (definition.spec.name === projectVariable ? projectDefinition(definition, projects) : definition));
}

function projectDefinition(definition: VariableDefinition, projects: readonly string[]): ListVariableDefinition {
  const list = definition.kind === 'ListVariable' ? definition.spec : undefined;
  return {
    kind: 'ListVariable',
    spec: {
      name: projectVariable,
      display: { ...definition.spec.display, name: texts.common.project, hidden: false },
      allowMultiple: list?.allowMultiple ?? true,
      allowAllValue: list?.allowAllValue ?? true,
      customAllValue: allProjects,
      plugin: { kind: 'StaticListVariable', spec: { values: [...projects] } },
    },
  };
}

/**
 * Chosen projects that the caller has no access to. An administrator has access to all, with or without metrics.
 *
 * @param chosen values of the project variable in the address
 */
export function foreignProjects(chosen: readonly string[] | undefined, me: Me): readonly string[] {
  if (me.administrator) {
    return [];
  }
  return (chosen ?? []).filter((project) => project !== allValue && !me.projects.includes(project));
}
