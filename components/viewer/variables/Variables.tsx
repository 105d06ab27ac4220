/**
 * The dashboard's variables for everything below: each definition sees the values of those before it, which is how
 * "Training job" follows "Project". The chosen values come from outside; this holds no state of its own.
 */
import { useMemo, type ReactNode } from 'react';
import type { ListVariableDefinition, VariableDefinition } from '@perses-dev/core';
import { useVariableValues, VariableContext, type VariableState } from '@perses-dev/plugin-system';
import { sortOptions, variableState } from './variable-state';
import { useVariableOptions } from './use-variable-options';

export interface VariablesProps {
  readonly definitions: readonly VariableDefinition[];
  readonly chosen: Readonly<Record<string, readonly string[]>>;
  readonly children: ReactNode;
}

const none = { state: {} };

export function Variables({ definitions, chosen, children }: VariablesProps) {
  const scopes = definitions.reduceRight<ReactNode>((inner, definition) => {
    const { name } = definition.spec;
    return definition.kind === 'TextVariable' ? (
      <VariableScope key={name} name={name} state={variableState(definition, chosen[name], undefined)}>
        {inner}
      </VariableScope>
    ) : (
      <ListVariableScope key={name} definition={definition} chosen={chosen[name]}>
        {inner}
      </ListVariableScope>
    );
  }, children);
  return <VariableContext.Provider value={none}>{scopes}</VariableContext.Provider>;
}

interface ListVariableScopeProps {
  readonly definition: ListVariableDefinition;
  readonly chosen: readonly string[] | undefined;
  readonly children: ReactNode;
}

function ListVariableScope({ definition, chosen, children }: ListVariableScopeProps) {
  const { options, error } = useVariableOptions(definition);
  const state = useMemo(() => {
    // Without options there is nothing to wait for any more: the panels run, and say themselves what is wrong.
    const known = error instanceof Error ? (options ?? []) : options;
    const resolved = variableState(definition, chosen, known === undefined ? undefined : sortOptions(known, definition.spec.sort));
    return error instanceof Error ? { ...resolved, error } : resolved;
  }, [definition, chosen, options, error]);
  return (
    <VariableScope name={definition.spec.name} state={state}>
      {children}
    </VariableScope>
  );
}

function VariableScope({ name, state, children }: { readonly name: string; readonly state: VariableState; readonly children: ReactNode }) {
  const outer = useVariableValues();
  const value = useMemo(() => ({ state: { ...outer, [name]: state } }), [outer, name, state]);
  return <VariableContext.Provider value={value}>{children}</VariableContext.Provider>;
}
