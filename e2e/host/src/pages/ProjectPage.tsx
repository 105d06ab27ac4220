/** One project: an overview made of sections, and tabs; modules add to both. */
import { useParams, useSearchParams } from 'react-router-dom';
import { PageSection, Tab, Tabs, TabTitleText, Title } from '@patternfly/react-core';
import { CodeRef } from '../CodeRef';
import { ofType, type Extension } from '../extensions';

export function ProjectPage({ extensions }: { readonly extensions: readonly Extension[] }) {
  const { namespace } = useParams();
  const [search, setSearch] = useSearchParams();
  const tabs = ofType(extensions, 'app.project-details/tab');
  const active = search.get('section') ?? 'overview';
  return (
    <PageSection>
      <Title headingLevel="h1">{namespace}</Title>
      <Tabs activeKey={active} onSelect={(_event, key) => setSearch({ section: String(key) })} mountOnEnter unmountOnExit>
        {[
          <Tab key="overview" eventKey="overview" title={<TabTitleText>Overview</TabTitleText>}>
            {ofType(extensions, 'app.project-details/overview-section').map(({ id, title, component }) => (
              <section key={id} aria-label={title} data-testid={`overview-${id}`}>
                <CodeRef component={component} />
              </section>
            ))}
          </Tab>,
          ...tabs.map(({ id, title, component }) => (
            <Tab key={id} eventKey={id} title={<TabTitleText>{title}</TabTitleText>}>
              <CodeRef component={component} />
            </Tab>
          )),
        ]}
      </Tabs>
    </PageSection>
  );
}
