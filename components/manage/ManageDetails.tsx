/** What a row of the managed dashboards says when it is opened: where it is kept, what is wrong, what can be done about it. */
import type { ReactNode } from 'react';
import { Alert, DescriptionList, DescriptionListDescription, DescriptionListGroup, DescriptionListTerm, Stack, StackItem } from '@patternfly/react-core';
import type { ManagedDashboard } from '../../lib/contracts/manage';
import { texts } from '../texts';
import { categoryName, sourceName, type BrokenRow, type ManageRow } from './rows';

const words = texts.manageList;

export function ManageDetails({ row }: { readonly row: ManageRow }) {
  return 'dashboard' in row ? <About dashboard={row.dashboard} /> : <Problems row={row} />;
}

function Problems({ row: { place, problems } }: { readonly row: BrokenRow }) {
  return (
    <Stack hasGutter>
      <StackItem>
        <ul data-testid="row-problems">
          {problems.map(({ line, path, reason }) => (
            <li key={`${line ?? ''} ${path} ${reason}`}>
              <strong>{[line === undefined ? undefined : words.problems.line(line), path === '' ? undefined : path].filter(Boolean).join(', ') || place}</strong>: {reason}
            </li>
          ))}
        </ul>
      </StackItem>
      <StackItem>
        <Facts facts={[[words.about.place, place], [words.about.next, words.problems.nextOfDashboard]]} />
      </StackItem>
    </Stack>
  );
}

function About({ dashboard }: { readonly dashboard: ManagedDashboard }) {
  const { place, version, category, tags, priority, shadowedBy, settings } = dashboard;
  const note = noteOn(dashboard);
  return (
    <Stack hasGutter>
      {note !== undefined && (
        <StackItem>
          <Alert isInline isPlain variant="info" component="p" title={note} data-testid="row-note" />
        </StackItem>
      )}
      <StackItem>
        <Facts
          facts={[
            [words.about.place, place],
            [words.about.served, shadowedBy === undefined ? undefined : words.served(sourceName(shadowedBy.source), shadowedBy.place)],
            [words.about.category, categoryName(category)],
            [words.about.tags, tags.length === 0 ? undefined : tags.join(', ')],
            [words.about.order, priority ?? words.about.orderNone],
            [words.about.version, version],
            [words.arranged.by, settings === undefined ? undefined : words.arranged.who(settings.changedBy, new Date(settings.changedAt).toLocaleString())],
          ]}
        />
      </StackItem>
    </Stack>
  );
}

function noteOn({ fixedBy, appliedBy, state }: ManagedDashboard): string | undefined {
  if (state === 'shadowed') return words.shadowed;
  switch (fixedBy) {
    case 'git':
      return words.fixed.git(appliedBy ?? '');
    case 'product':
      return words.fixed.product;
    case 'source':
      return words.fixed.source;
    case undefined:
      return undefined;
  }
}

function Facts({ facts }: { readonly facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <DescriptionList isCompact isHorizontal isFluid horizontalTermWidthModifier={{ default: '14ch' }}>
      {facts
        .filter(([, value]) => value !== undefined)
        .map(([term, value]) => (
          <DescriptionListGroup key={term}>
            <DescriptionListTerm>{term}</DescriptionListTerm>
            <DescriptionListDescription>{value}</DescriptionListDescription>
          </DescriptionListGroup>
        ))}
    </DescriptionList>
  );
}
