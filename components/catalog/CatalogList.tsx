/** The dashboards: favourites and those opened last, then all by category, as far as search and filters let them through. */
import { useState } from 'react';
import { Button, EmptyState, EmptyStateActions, EmptyStateBody, EmptyStateFooter, Gallery, Label, LabelGroup, SearchInput, Title, Toolbar, ToolbarContent, ToolbarItem } from '@patternfly/react-core';
import SearchIcon from '@patternfly/react-icons/dist/esm/icons/search-icon';
import { audiences, type Audience } from '../../lib/contracts/dashboard';
import { mostFavourites } from '../../lib/contracts/preferences';
import { dashboardKey, dashboardPath } from '../../lib/contracts/links';
import { useHost } from '../host/HostProvider';
import { usePreference } from '../preferences/use-preference';
import { texts } from '../texts';
import { ChoiceSelect } from '../viewer/time/ChoiceSelect';
import { groupEntries, searchEntries, type CatalogEntry } from './catalog';
import { DashboardCard } from './DashboardCard';
import styles from './catalog.module.css';

const cardWidths = { default: '280px' };
const all = 'all';
const roles = [{ value: 'everyone', label: texts.catalog.role.everyone } as const, ...audiences.map((value) => ({ value, label: texts.catalog.audiences[value] }))];

export interface CatalogListProps {
  readonly entries: readonly CatalogEntry[];
  /** What the person works as, as far as it is known; they may choose another one. */
  readonly role: Audience | undefined;
}

export function CatalogList({ entries, role: ownRole }: CatalogListProps) {
  const { Link } = useHost();
  const [search, setSearch] = useState('');
  const [category, setCategory] = useState(all);
  const [project, setProject] = useState(all);
  const [tag, setTag] = useState(all);
  const [chosenRole, setRole] = usePreference('role');
  const [favourites, setFavourites] = usePreference('favourites');
  const [recent] = usePreference('recent');
  const picked = chosenRole ?? ownRole ?? 'everyone';
  const role = picked === 'everyone' ? undefined : picked;

  const isFiltered = search.trim() !== '' || category !== all || project !== all || tag !== all;
  const found = searchEntries(entries, search).filter((entry) => (category === all || entry.category === category) && (project === all || entry.project === project) && (tag === all || entry.tags.includes(tag)));
  const named = (keys: readonly string[]): CatalogEntry[] => keys.flatMap((key) => entries.find((entry) => dashboardKey(entry) === key) ?? []);
  const opened = named(recent);
  const sections = [
    // Who looks for something finds it once.
    { name: texts.catalog.favourites, testId: 'favourites', shown: isFiltered ? [] : named(favourites) },
    ...groupEntries(found, role).map((group) => ({ name: group.category, testId: 'dashboard-category', shown: group.entries })),
  ].filter(({ shown }) => shown.length > 0);
  const choices = (label: string, values: Iterable<string>) => [{ value: all, label }, ...[...new Set(values)].map((value) => ({ value, label: value }))];
  const categories = choices(texts.catalog.category.all, groupEntries(entries, role).map((group) => group.category));
  const projects = choices(texts.catalog.project.all, entries.map((entry) => entry.project));
  const tags = choices(texts.catalog.tag.all, entries.flatMap((entry) => entry.tags).sort((a, b) => a.localeCompare(b, 'en')));
  const reset = (): void => {
    setSearch('');
    setCategory(all);
    setProject(all);
    setTag(all);
  };

  return (
    <>
      <Toolbar inset={{ default: 'insetNone' }} colorVariant="no-background">
        <ToolbarContent>
          <ToolbarItem>
            <SearchInput
              aria-label={texts.catalog.search}
              placeholder={texts.catalog.search}
              value={search}
              onChange={(_event, value) => setSearch(value)}
              onClear={() => setSearch('')}
              data-testid="catalog-search"
            />
          </ToolbarItem>
          <ToolbarItem>
            <ChoiceSelect id="catalog-category" testId="catalog-category" label={texts.catalog.category.label} text={labelOf(categories, category)} choices={categories} selected={category} onPick={setCategory} />
          </ToolbarItem>
          {projects.length > 2 && (
            <ToolbarItem>
              <ChoiceSelect id="catalog-project" testId="catalog-project" label={texts.catalog.project.label} text={labelOf(projects, project)} choices={projects} selected={project} onPick={setProject} />
            </ToolbarItem>
          )}
          {tags.length > 1 && (
            <ToolbarItem>
              <ChoiceSelect id="catalog-tag" testId="catalog-tag" label={texts.catalog.tag.label} text={labelOf(tags, tag)} choices={tags} selected={tag} onPick={setTag} />
            </ToolbarItem>
          )}
          <ToolbarItem>
            <ChoiceSelect
              id="catalog-role"
              testId="catalog-role"
              label={texts.catalog.role.label}
              text={texts.catalog.role.chosen(labelOf(roles, picked))}
              choices={roles}
              selected={picked}
              onPick={setRole}
            />
          </ToolbarItem>
        </ToolbarContent>
      </Toolbar>
      {opened.length > 0 && !isFiltered && (
        <LabelGroup categoryName={texts.catalog.recent} className={styles['recent'] ?? ''} data-testid="recently-viewed">
          {opened.map(({ project: ofProject, name, title }) => (
            <Label
              key={`${ofProject}/${name}`}
              isClickable
              variant="outline"
              render={({ className, content }) => (
                <Link href={dashboardPath(ofProject, name)} className={className}>
                  {content}
                </Link>
              )}
            >
              {title}
            </Label>
          ))}
        </LabelGroup>
      )}
      {sections.map(({ name, testId, shown }) => (
        <section key={name} aria-label={name} className={styles['category']} data-testid={testId}>
          <Title headingLevel="h2" size="lg">
            {name}
          </Title>
          <Gallery hasGutter component="ul" minWidths={cardWidths}>
            {shown.map((entry) => (
              <DashboardCard
                key={dashboardKey(entry)}
                entry={entry}
                isFavourite={favourites.includes(dashboardKey(entry))}
                onFavourite={(wanted) => setFavourites(wanted ? [...favourites, dashboardKey(entry)].slice(-mostFavourites) : favourites.filter((key) => key !== dashboardKey(entry)))}
              />
            ))}
          </Gallery>
        </section>
      ))}
      {found.length === 0 && (
        <EmptyState titleText={texts.catalog.noMatch.title} headingLevel="h2" icon={SearchIcon} data-testid="catalog-no-match">
          <EmptyStateBody>{search.trim() === '' ? texts.catalog.noMatch.filters : texts.catalog.noMatch.search(search.trim())}</EmptyStateBody>
          <EmptyStateFooter>
            <EmptyStateActions>
              <Button variant="link" onClick={reset}>
                {texts.catalog.noMatch.clear}
              </Button>
            </EmptyStateActions>
          </EmptyStateFooter>
        </EmptyState>
      )}
    </>
  );
}

function labelOf(choices: readonly { readonly value: string; readonly label: string }[], value: string): string {
  return choices.find((choice) => choice.value === value)?.label ?? value;
}
