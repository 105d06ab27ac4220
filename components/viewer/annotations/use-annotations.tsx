/** What happened in the time range in force, asked for once for all panels: through the same scoped queries as theirs. */
import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { useSuggestedStepMs, useVariableValues } from '@perses-dev/plugin-system';
import { usePanelQueries } from '../panels/use-panel-queries';
import { allProjects, projectVariable } from '../variables/projects';
import { annotationQueries, annotationsOf, type Annotation } from './annotations';

export interface Annotations {
  readonly isOn: boolean;
  readonly isLoading: boolean;
  /** Whether a part of them could not be had. */
  readonly hasFailed: boolean;
  readonly found: readonly Annotation[];
}

const off: Annotations = { isOn: false, isLoading: false, hasFailed: false, found: [] };
const AnnotationsContext = createContext(off);

export const useAnnotations = (): Annotations => useContext(AnnotationsContext);

/** Points in time that are told apart: those of a wide chart. */
const width = 1000;
const [ofChosen, ofAll] = [annotationQueries(true), annotationQueries(false)];

export function AnnotationsProvider({ isOn, children }: { readonly isOn: boolean; readonly children: ReactNode }) {
  const projects = useVariableValues()[projectVariable]?.value;
  const isLimited = projects !== undefined && projects !== null && projects !== allProjects;
  const queries = usePanelQueries(isLimited ? ofChosen : ofAll, { enabled: isOn, mode: 'range', suggestedStepMs: useSuggestedStepMs(width) });
  const [alerts, deployments] = queries.map(({ data }) => data);
  const isLoading = queries.some(({ data, error }) => data === undefined && error === null);
  const hasFailed = queries.some(({ error }) => error !== null);
  const value = useMemo((): Annotations => (isOn ? { isOn, isLoading, hasFailed, found: annotationsOf(alerts, deployments) } : off), [isOn, isLoading, hasFailed, alerts, deployments]);
  return <AnnotationsContext.Provider value={value}>{children}</AnnotationsContext.Provider>;
}
