/** The managed dashboards: what is wrong in their sources, search and filters, and the table. */
import { useMemo, useState, type ComponentType } from 'react';
import { Alert, AlertActionCloseButton, AlertGroup, Button, EmptyState, EmptyStateActions, EmptyStateBody, EmptyStateFooter, Pagination, SearchInput, Stack, StackItem, Toolbar, ToolbarContent, ToolbarItem } from '@patternfly/react-core';
import SearchIcon from '@patternfly/react-icons/dist/esm/icons/search-icon';
import { dashboardKey } from '../../lib/contracts/links';
import type { ManagedDashboard, ManagedProblem, Management } from '../../lib/contracts/manage';
import { texts } from '../texts';
import { ChoiceSelect } from '../viewer/time/ChoiceSelect';
import { ArrangeDialog, DeleteDialog, HomesDialog, OrderDialog, type DialogProps } from './dialogs';
import { ManageContext, type DialogKind, type ManageActions } from './ManageContext';
import { ManageTable } from './ManageTable';
import { filterRows, noFilters, rowsOf, sortRows, sourceName, type Filters, type RowState, type Sort } from './rows';
import { useChanges, type Outcome } from './use-changes';

const words = texts.manageList;

const all = '';
/** Rows of a page; the second until another one is chosen. */
const pageSizes = [20, 50, 100] as const;

const dialogs: Readonly<Record<DialogKind, ComponentType<DialogProps>>> = { arrange: ArrangeDialog, order: OrderDialog, homes: HomesDialog, delete: DeleteDialog };

export function ManageList({ management }: { readonly management: Management }) {
  const rows = useMemo(() => rowsOf(management), [management]);
  const changes = useChanges(management);
  const [dialog, setDialog] = useState<{ readonly kind: DialogKind; readonly dashboard: ManagedDashboard }>();
  const Dialog = dialog === undefined ? undefined : dialogs[dialog.kind];
  const actions: ManageActions = { management, changes, openDialog: (kind, dashboard) => setDialog({ kind, dashboard }) };
  const [filters, setFilters] = useState<Filters>(noFilters);
  const [sort, setSort] = useState<Sort>({ by: 'name', descending: false });
  const [page, setPage] = useState(1);
  const [perPage, setPerPage] = useState<number>(pageSizes[1]);
  const found = sortRows(filterRows(rows, filters), sort);
  // What was on the last page may be gone.
  const current = Math.min(page, Math.max(1, Math.ceil(found.length / perPage)));
  const shown = found.slice((current - 1) * perPage, current * perPage);
  const narrow = (next: Filters): void => {
    setFilters(next);
    setPage(1);
  };
  const set = (change: Partial<Filters>): void => narrow({ ...filters, ...change });
  const choices = (label: string, values: Iterable<readonly [string, string]>) => [{ value: all, label }, ...[...new Map(values)].map(([value, text]) => ({ value, label: text })).sort((a, b) => a.label.localeCompare(b.label, 'en'))];
  const projects = choices(words.filters.allProjects, rows.flatMap(({ project }) => (project === undefined ? [] : [[project, project] as const])));
  const sources = choices(words.filters.allSources, rows.map(({ source }) => [source, sourceName(source) === words.folder ? `${words.folder} ${source}` : sourceName(source)]));
  const states = choices(words.filters.allStates, rows.map(({ state }) => [state, words.states[state]]));

  return (
    <ManageContext value={actions}>
      <Stack hasGutter>
        {management.settings?.kept === false && (
          <StackItem>
            <Alert isInline isExpandable variant="info" component="h2" title={words.noStore.title} data-testid="no-settings">
              <p>{words.noStore.body}</p>
            </Alert>
          </StackItem>
        )}
        <SourceProblems problems={management.problems.filter(({ ofSource }) => ofSource)} />
        <StackItem>
          <Toolbar inset={{ default: 'insetNone' }} colorVariant="no-background" clearAllFilters={() => narrow(noFilters)}>
            <ToolbarContent>
              <ToolbarItem>
                <SearchInput aria-label={words.search} placeholder={texts.catalog.search} value={filters.search} onChange={(_event, search) => set({ search })} onClear={() => set({ search: '' })} data-testid="manage-search" />
              </ToolbarItem>
              <Filter id="project" label={words.filters.project} choices={projects} picked={filters.project} onPick={(project) => set({ project })} />
              <Filter id="source" label={words.filters.source} choices={sources} picked={filters.source} onPick={(source) => set({ source })} />
              {/* Each value was taken from a row. */}
              <Filter id="state" label={words.filters.state} choices={states} picked={filters.state} onPick={(state) => set({ state: state as RowState | undefined })} />
              <ToolbarItem align={{ default: 'alignEnd' }} alignSelf="center">
                <span aria-live="polite" data-testid="manage-count">
                  {words.count(found.length, rows.length)}
                </span>
              </ToolbarItem>
            </ToolbarContent>
          </Toolbar>
        </StackItem>
        <StackItem isFilled>{shown.length === 0 ? <NoMatch onClear={() => narrow(noFilters)} /> : <ManageTable rows={shown} sort={sort} onSort={setSort} />}</StackItem>
        {found.length > pageSizes[0] && (
          <StackItem>
            <Pagination
              variant="bottom"
              itemCount={found.length}
              page={current}
              perPage={perPage}
              perPageOptions={pageSizes.map((value) => ({ title: String(value), value }))}
              onSetPage={(_event, next) => setPage(next)}
              onPerPageSelect={(_event, next) => setPerPage(next)}
              titles={words.pages}
              data-testid="manage-pages"
            />
          </StackItem>
        )}
      </Stack>
      <OutcomeToast outcome={changes.outcome} onClose={changes.dismiss} />
      {dialog !== undefined && Dialog !== undefined && <Dialog key={dashboardKey(dialog.dashboard)} dashboard={dialog.dashboard} onClose={() => setDialog(undefined)} />}
    </ManageContext>
  );
}

/** What became of the last change, in view wherever the list is scrolled to, until it is closed or the next one is made. */
function OutcomeToast({ outcome, onClose }: { readonly outcome: Outcome | undefined; readonly onClose: () => void }) {
  return (
    <AlertGroup isToast isLiveRegion>
      {outcome !== undefined && (
        <Alert variant={outcome.failed ? 'danger' : 'success'} component="p" title={outcome.title} actionClose={<AlertActionCloseButton aria-label={words.done.close} onClose={onClose} />} data-testid="outcome" data-failed={outcome.failed}>
          {outcome.details.map((detail) => (
            <p key={detail}>{detail}</p>
          ))}
        </Alert>
      )}
    </AlertGroup>
  );
}

interface FilterProps {
  readonly id: string;
  readonly label: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly picked: string | undefined;
  readonly onPick: (value: string | undefined) => void;
}

function Filter({ id, label, choices, picked = all, onPick }: FilterProps) {
  return (
    <ToolbarItem>
      <ChoiceSelect
        id={`manage-${id}`}
        testId={`manage-${id}`}
        label={label}
        text={choices.find(({ value }) => value === picked)?.label ?? picked}
        choices={choices}
        selected={picked}
        onPick={(value) => onPick(value === all ? undefined : value)}
      />
    </ToolbarItem>
  );
}

function SourceProblems({ problems }: { readonly problems: readonly ManagedProblem[] }) {
  return problems.length === 0 ? null : (
    <StackItem>
      <Alert isInline variant="warning" component="h2" title={words.problems.title(problems.length)} data-testid="source-problems">
        <ul>
          {problems.map(({ source, place, reason }) => (
            <li key={`${source} ${place} ${reason}`}>
              {sourceName(source)}
              {place !== '' && ` (${place})`}: {reason}
            </li>
          ))}
        </ul>
        <p>{words.problems.nextOfSource}</p>
      </Alert>
    </StackItem>
  );
}

function NoMatch({ onClear }: { readonly onClear: () => void }) {
  return (
    <EmptyState titleText={words.noMatch.title} headingLevel="h2" icon={SearchIcon} data-testid="manage-no-match">
      <EmptyStateBody>{words.noMatch.body}</EmptyStateBody>
      <EmptyStateFooter>
        <EmptyStateActions>
          <Button variant="link" onClick={onClear}>
            {words.noMatch.clear}
          </Button>
        </EmptyStateActions>
      </EmptyStateFooter>
    </EmptyState>
  );
}
