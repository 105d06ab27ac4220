/** The managed dashboards as a table whose columns sort it and whose rows open for details. */
import { useState, type ReactNode } from 'react';
import { Button, Label, type LabelProps } from '@patternfly/react-core';
import AngleDownIcon from '@patternfly/react-icons/dist/esm/icons/angle-down-icon';
import AngleRightIcon from '@patternfly/react-icons/dist/esm/icons/angle-right-icon';
import ArrowDownIcon from '@patternfly/react-icons/dist/esm/icons/arrow-down-icon';
import ArrowUpIcon from '@patternfly/react-icons/dist/esm/icons/arrow-up-icon';
import HomeIcon from '@patternfly/react-icons/dist/esm/icons/home-icon';
import { dashboardKey, dashboardPath } from '../../lib/contracts/links';
import type { ManagedDashboard } from '../../lib/contracts/manage';
import { useHost } from '../host/HostProvider';
import { texts } from '../texts';
import { useManageActions } from './ManageContext';
import { ManageDetails } from './ManageDetails';
import { RowMenu } from './RowMenu';
import { audienceText, sortable, sourceName, type ManageRow, type RowState, type Sort, type SortKey } from './rows';
import styles from './manage.module.css';

const words = texts.manageList;

export interface ManageTableProps {
  readonly rows: readonly ManageRow[];
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
}

export function ManageTable({ rows, sort, onSort }: ManageTableProps) {
  return (
    <div className={styles['scroll']}>
      <table className={styles['table']} aria-label={words.table} data-testid="manage-table">
        <thead>
          <tr>
            <th scope="col" className={styles['narrow']}>
              <span className="pf-v6-screen-reader">{words.columns.details}</span>
            </th>
            {sortable.map((key) => (
              <SortableHeader key={key} column={key} sort={sort} onSort={onSort} />
            ))}
            <th scope="col" className={styles['narrow']}>
              <span className="pf-v6-screen-reader">{words.columns.actions}</span>
            </th>
          </tr>
        </thead>
        {rows.map((row) => (
          <RowView key={row.id} row={row} />
        ))}
      </table>
    </div>
  );
}

function SortableHeader({ column, sort, onSort }: { readonly column: SortKey; readonly sort: Sort; readonly onSort: (sort: Sort) => void }) {
  const isSorted = sort.by === column;
  const icon = isSorted ? sort.descending ? <ArrowDownIcon /> : <ArrowUpIcon /> : undefined;
  return (
    <th scope="col" aria-sort={isSorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}>
      <Button variant="plain" className={styles['sort'] ?? ''} onClick={() => onSort({ by: column, descending: isSorted && !sort.descending })} {...(icon === undefined ? {} : { icon, iconPosition: 'end' })} data-testid={`sort-${column}`}>
        {words.columns[column]}
      </Button>
    </th>
  );
}

const labels: Readonly<Record<RowState, LabelProps>> = {
  enabled: { status: 'success' },
  disabled: { color: 'grey' },
  shadowed: { status: 'warning' },
  broken: { status: 'danger' },
};

const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

function RowView({ row }: { readonly row: ManageRow }) {
  const { Link } = useHost();
  const [isOpen, setIsOpen] = useState(row.state === 'broken');
  const { id, title, name, project, source, state } = row;
  const dashboard = 'dashboard' in row ? row.dashboard : undefined;
  return (
    <tbody data-testid="manage-row" data-dashboard={name} data-project={project} data-state={state}>
      <tr>
        <td className={styles['narrow']}>
          <Button variant="plain" icon={isOpen ? <AngleDownIcon /> : <AngleRightIcon />} aria-expanded={isOpen} aria-label={words.details(title)} onClick={() => setIsOpen(!isOpen)} data-testid="row-details-toggle" />
        </td>
        <th scope="row">
          {state === 'enabled' && dashboard !== undefined ? <Link href={dashboardPath(dashboard.project, dashboard.name)}>{title}</Link> : title}
          {name !== undefined && name !== title && <Minor>{name}</Minor>}
          {dashboard !== undefined && dashboard.state !== 'shadowed' && <HomeOf dashboard={dashboard} />}
        </th>
        <td>{project}</td>
        <td>
          {sourceName(source)}
          {dashboard?.appliedBy !== undefined && <Minor>{words.fromGit(dashboard.appliedBy)}</Minor>}
        </td>
        <td>{dashboard !== undefined && audienceText(dashboard)}</td>
        <td>
          <Label isCompact variant="outline" {...labels[state]}>
            {words.states[state]}
          </Label>
          {dashboard?.disabledBy !== undefined && <Minor>{words.disabledBy[dashboard.disabledBy]}</Minor>}
        </td>
        <td>{dashboard !== undefined && <Changed fixedBy={dashboard.fixedBy} changedAt={dashboard.changedAt} changedBy={dashboard.changedBy ?? dashboard.appliedBy} />}</td>
        <td className={styles['narrow']}>{dashboard !== undefined && <RowMenu dashboard={dashboard} />}</td>
      </tr>
      {isOpen && (
        <tr id={id} data-testid="row-details">
          <td />
          <td colSpan={sortable.length + 1}>
            <ManageDetails row={row} />
          </td>
        </tr>
      )}
    </tbody>
  );
}

/** Whose home it is, by the settings of administrators or by the configuration. */
function HomeOf({ dashboard }: { readonly dashboard: ManagedDashboard }) {
  const { settings } = useManageActions().management;
  if (settings?.kept !== true) return null;
  const key = dashboardKey(dashboard);
  const groups = Object.entries({ ...settings.homes.groups, ...settings.fixedHomes }).flatMap(([group, home]) => (home === key ? [group] : []));
  const all = [...(settings.homes.everyone === key ? [words.homeOfEveryone] : []), ...groups];
  return all.length === 0 ? null : (
    <Label isCompact color="blue" icon={<HomeIcon />} data-testid="home-of">
      {words.homeOf(all)}
    </Label>
  );
}

function Minor({ children }: { readonly children: ReactNode }) {
  return <div className={styles['minor']}>{children}</div>;
}

interface ChangedProps {
  readonly fixedBy: string | undefined;
  readonly changedAt: string | undefined;
  readonly changedBy: string | undefined;
}

/** When and by whom, as far as the source knows; of a dashboard of the product, the time of a file says nothing. */
function Changed({ fixedBy, changedAt, changedBy }: ChangedProps) {
  const date = new Date(changedAt ?? Number.NaN);
  if (fixedBy === 'product') return <Minor>{words.withProduct}</Minor>;
  return (
    <>
      {!Number.isNaN(date.getTime()) && (
        <time dateTime={date.toISOString()} title={date.toLocaleString()}>
          {day.format(date)}
        </time>
      )}
      {changedBy !== undefined && <Minor>{words.by(changedBy)}</Minor>}
    </>
  );
}
