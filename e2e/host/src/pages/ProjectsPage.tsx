/** The host's projects, with a filter in the address. */
import { Link, useSearchParams } from 'react-router-dom';
import { List, ListItem, PageSection, TextInput, Title } from '@patternfly/react-core';

const projects = ['bert-serving', 'fraud-detection', 'llm-research', 'vision-lab'];

export function ProjectsPage() {
  const [search, setSearch] = useSearchParams();
  const filter = search.get('filter') ?? '';
  return (
    <PageSection>
      <Title headingLevel="h1">Projects</Title>
      <TextInput aria-label="Filter projects" value={filter} onChange={(_event, value) => setSearch({ filter: value }, { replace: true })} />
      <List isPlain>
        {projects
          .filter((name) => name.includes(filter))
          .map((name) => (
            <ListItem key={name}>
              <Link to={`/projects/${name}`}>{name}</Link>
            </ListItem>
          ))}
      </List>
    </PageSection>
  );
}
