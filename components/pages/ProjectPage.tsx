/** One project: where it is summed up, with the way to its dashboards. */
import { useEffect } from 'react';
import { Content, PageSection, Title } from '@patternfly/react-core';
import { dashboardHref } from '../../lib/contracts/links';
import { useHost } from '../host/HostProvider';
import { DashboardsTrail } from '../links/DashboardsTrail';
import { SummaryPanel } from '../summary/SummaryPanel';
import { texts } from '../texts';

export function ProjectPage({ namespace }: { readonly namespace: string }) {
  const { Link, setTitle } = useHost();
  useEffect(() => setTitle(namespace), [namespace, setTitle]);
  return (
    <>
      <DashboardsTrail current={namespace} />
      <PageSection>
        <Title headingLevel="h1">{namespace}</Title>
        <Content component="p">
          {texts.pages.project.text} <Link href={dashboardHref({ kind: 'project', namespace })}>{texts.pages.project.usage}</Link>
        </Content>
      </PageSection>
      <PageSection isFilled>
        <SummaryPanel namespace={namespace} />
      </PageSection>
    </>
  );
}
