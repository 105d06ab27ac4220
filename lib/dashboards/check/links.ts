/** Links in a dashboard: each leads to a page of this product that exists, and hands over variables that both sides have. */
import { catalogPath, dashboardPath, listPath, managePath, statusPath } from '../../contracts/links';
import type { Dashboard } from '../../contracts/dashboard';
import { z } from '../../contracts/zod';
import type { DashboardProblem } from '../parse';
import { isVariable, variablesIn } from './queries';

export interface LinkContext {
  /** All dashboards that a link may lead to. */
  readonly dashboards: readonly Dashboard[];
  /** Names of runbooks (files in docs/runbooks without their ending) with the anchors of the sections in each. */
  readonly runbooks: ReadonlyMap<string, ReadonlySet<string>>;
}

interface Link {
  readonly path: readonly PropertyKey[];
  readonly url: string;
}

const linksSchema = z.array(z.looseObject({ url: z.string() }));
const markdownSchema = z.looseObject({ text: z.string() });

/** Pages that are no dashboards. */
const pages = [catalogPath, listPath, statusPath, managePath, `${catalogPath}/help`];

const markdownLinks = (text: string): string[] => [...text.matchAll(/\]\(([^)\s]*)\)/g)].map(([, url = '']) => url);

function linksOf({ metadata, spec }: Dashboard): Link[] {
  const of = (path: readonly PropertyKey[], urls: readonly string[]): Link[] => urls.map((url) => ({ path, url }));
  return [
    ...of([], markdownLinks(metadata.annotations?.help ?? '')),
    ...Object.entries(spec.panels).flatMap(([name, panel]) => {
      const path = ['panels', name, 'spec'];
      const { display, links, plugin } = panel.spec;
      const parsed = linksSchema.safeParse(links);
      const markdown = plugin.kind === 'Markdown' ? markdownSchema.safeParse(plugin.spec).data?.text : undefined;
      return [...of(path, markdownLinks(`${display?.description ?? ''}\n${markdown ?? ''}`)), ...of([...path, 'links'], parsed.data?.map(({ url }) => url) ?? [])];
    }),
  ];
}

/** Where a link leads that stands on a dashboard's page; undefined when that is another site. */
function absolute(address: string, { metadata }: Dashboard): string | undefined {
  const page = new URL(dashboardPath(metadata.project, metadata.name), 'http://product');
  const url = URL.canParse(address, page) ? new URL(address, page) : undefined;
  return url?.origin === page.origin ? url.pathname : undefined;
}

export function linkProblems(dashboard: Dashboard, { dashboards, runbooks }: LinkContext): DashboardProblem[] {
  const problems: DashboardProblem[] = [];
  for (const { path, url } of linksOf(dashboard)) {
    const add = (reason: string): void => void problems.push({ path, reason: `the link ${url} ${reason}` });
    // `$__project` is the project of the dashboard itself: where the built-in ones are is configured.
    const [relative = '', query = ''] = url.replace('/$__project/', `/${dashboard.metadata.project}/`).split('?');
    const address = absolute(relative, dashboard);
    const target = dashboards.find(({ metadata }) => dashboardPath(metadata.project, metadata.name) === address);
    if (target === undefined && (address === undefined || !pages.includes(address))) {
      add('leads to no page of this product');
      continue;
    }
    for (const name of variablesIn(url)) {
      if (!isVariable(dashboard, name)) add(`names a variable ${name} that this dashboard does not have`);
    }
    for (const [, name = ''] of query.matchAll(/(?:^|&)var-(\w+)=/g)) {
      if (target !== undefined && !isVariable(target, name)) add(`hands over ${name}, which "${target.metadata.name}" does not have`);
    }
  }
  return [...problems, ...runbookProblems(dashboard, runbooks)];
}

/** The anchor that a heading of a Markdown page has. */
export const anchorOf = (heading: string): string => heading.toLowerCase().replaceAll(/[^\w\- ]/g, '').replaceAll(' ', '-');

const runbookPath = /^docs\/runbooks\/([\w-]+)\.md#([\w-]+)/;

/**
 * Every panel names its section of a runbook: `Runbook: docs/runbooks/<name>.md#<anchor>`, or, in the dashboard's own
 * runbook, by the section's heading.
 */
function runbookProblems({ metadata, spec }: Dashboard, runbooks: LinkContext['runbooks']): DashboardProblem[] {
  return Object.entries(spec.panels).flatMap(([name, { spec: { display, plugin } }]): DashboardProblem[] => {
    if (plugin.kind === 'Markdown') return [];
    const path = ['panels', name, 'spec', 'display'];
    const named = /\bRunbook: (.+)$/m.exec(display?.description ?? '')?.[1];
    if (named === undefined) return [{ path, reason: 'the description names no section of a runbook (Runbook: …)' }];
    const [, runbook = metadata.name, anchor = anchorOf(named)] = runbookPath.exec(named) ?? [];
    return runbooks.get(runbook)?.has(anchor) === true ? [] : [{ path, reason: `docs/runbooks/${runbook}.md has no section "${anchor}"` }];
  });
}
