/** Model deployments, with the tabs that modules add to this page. */
import { useParams, useSearchParams } from 'react-router-dom';
import { PageSection, Tab, Tabs, TabTitleText, Title } from '@patternfly/react-core';
import { CodeRef } from '../CodeRef';
import { ofType, type Extension } from '../extensions';
import { DeploymentsTable } from './DeploymentsTable';

export function DeploymentsPage({ extensions }: { readonly extensions: readonly Extension[] }) {
  const { namespace } = useParams();
  const [search, setSearch] = useSearchParams();
  const tabs = ofType(extensions, 'core.detail/tab').filter(({ group }) => group === 'model-serving.global-deployments');
  return (
    <PageSection>
      <Title headingLevel="h1">Model deployments{namespace === undefined ? '' : ` in ${namespace}`}</Title>
      <Tabs activeKey={search.get('tab') ?? 'deployments'} onSelect={(_event, key) => setSearch({ tab: String(key) })} mountOnEnter unmountOnExit>
        {[
          <Tab key="deployments" eventKey="deployments" title={<TabTitleText>Deployments</TabTitleText>}>
            <DeploymentsTable />
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
