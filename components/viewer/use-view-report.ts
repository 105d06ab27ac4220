/**
 * Tells the server which dashboard is being looked at, for how long, and which projects were picked: for the records
 * (docs/audit.md). Nothing on the page depends on it, and nothing shows when it fails.
 */
import { useEffect } from 'react';
import type { VariableDefinition } from '@perses-dev/core';
import type { Me } from '../../lib/contracts/identity';
import { useApi } from '../api/ApiProvider';
import { allValue, type ViewState } from './url-state';
import { projectVariable } from './variables/projects';
import { selectedValues } from './variables/variable-state';

/**
 * Reports a view from the first render to the last, to the closing of the page, or to another pick of projects, which
 * begins another view.
 *
 * @param namespaces picked projects; undefined for all of the person's
 * @param isReported whether there is something to report
 */
export function useViewReport(project: string, dashboard: string, namespaces: readonly string[] | undefined, isReported = true): void {
  const api = useApi();
  const picked = namespaces === undefined ? undefined : JSON.stringify(namespaces);

  useEffect(() => {
    if (!isReported) return;
    let leave: (() => void) | undefined;

    const enter = (): void => {
      // A list of texts, written above.
      const chosen = picked === undefined ? {} : { namespaces: JSON.parse(picked) as string[] };
      const opened = api.viewOpened({ project, dashboard, ...chosen });
      let view: string | undefined;
      let left = false;
      opened.then(
        (token) => {
          view = token;
          if (left) {
            api.viewLeft(token);
          }
        },
        // The server has the reason; a person who reads a dashboard cannot do anything about it.
        () => undefined,
      );
      leave = () => {
        leave = undefined;
        left = true;
        // At once where it is known: a page that is being closed runs nothing later.
        if (view !== undefined) {
          api.viewLeft(view);
        }
      };
    };
    const hidden = (): void => leave?.();
    // The browser may show a closed page again as it was.
    const shown = ({ persisted }: PageTransitionEvent): void => {
      if (persisted) {
        enter();
      }
    };

    enter();
    window.addEventListener('pagehide', hidden);
    window.addEventListener('pageshow', shown);
    return () => {
      window.removeEventListener('pagehide', hidden);
      window.removeEventListener('pageshow', shown);
      leave?.();
    };
  }, [api, project, dashboard, picked, isReported]);
}

/** The projects that a dashboard shows; undefined where nothing is picked among the person's. */
export function pickedProjects(definitions: readonly VariableDefinition[], { variables }: ViewState, { projects }: Me): readonly string[] | undefined {
  const definition = definitions.find(({ spec }) => spec.name === projectVariable);
  if (definition === undefined) {
    return undefined;
  }
  const picked = selectedValues(definition, variables[projectVariable], projects.map((value) => ({ value, label: value })));
  return picked.includes(allValue) ? undefined : picked;
}
