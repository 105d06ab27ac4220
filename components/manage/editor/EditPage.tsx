/** Editor of one dashboard, named by the page's address; read-only where it is kept elsewhere. */
import { useEffect, useMemo } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Bullseye, PageSection, Spinner } from '@patternfly/react-core';
import { titleOf } from '../../../lib/contracts/dashboard';
import { dashboardKey, editDashboardPath, managePath } from '../../../lib/contracts/links';
import { ApiError } from '../../api/api-error';
import { useApi, useMe } from '../../api/ApiProvider';
import { ErrorState } from '../../feedback/ErrorState';
import { useHost } from '../../host/HostProvider';
import { DashboardsTrail } from '../../links/DashboardsTrail';
import { manageEditor } from '../../texts/manage-editor';
import { useManagedProjects } from '../use-management';
import { browserShelf, draftsOf } from './drafts';
import { Editor } from './Editor';

const words = manageEditor;

export function EditPage() {
  const { location, navigate, setTitle, Link } = useHost();
  const { manage } = useApi();
  const { project, name, isCreated } = useMemo(() => readAddress(location.search), [location.search]);
  const me = useMe();
  const places = useManagedProjects();
  // Asked once: what is edited does not change under the cursor. Saving says when somebody else was faster.
  const resource = useQuery({ queryKey: ['edited', project, name], queryFn: ({ signal }) => (project === '' || name === '' ? Promise.reject(new ApiError('ERR_DASH_001')) : manage.resource(project, name, signal)), cacheTime: 0, staleTime: Infinity });
  const title = resource.data === undefined ? name : titleOf(resource.data.dashboard);
  useEffect(() => setTitle(words.titleEdit(title)), [setTitle, title]);
  const isShown = resource.data !== undefined && me.data !== undefined && places.data !== undefined;
  useEffect(() => {
    // Said once: neither a reload nor a copied address says it again.
    if (isShown && isCreated) navigate(editDashboardPath(project, name), { replace: true });
  }, [isShown, isCreated, navigate, project, name]);
  const subject = me.data?.subject ?? '';
  const drafts = useMemo(() => draftsOf(browserShelf, subject, dashboardKey({ project, name })), [subject, project, name]);

  const failed = [resource, me, places].find(({ data, error }) => data === undefined && error !== null);
  return (
    <>
      <DashboardsTrail current={title} parent={{ href: managePath, title: words.manage }} />
      {failed !== undefined ? (
        <PageSection isFilled>
          <ErrorState error={failed.error} headingLevel="h1" onRetry={() => void failed.refetch()} actions={<Link href={managePath}>{words.manage}</Link>} />
        </PageSection>
      ) : resource.data === undefined || me.data === undefined || places.data === undefined ? (
        <PageSection isFilled>
          <Bullseye>
            <Spinner aria-label={words.loading} />
          </Bullseye>
        </PageSection>
      ) : (
        <Editor
          key={dashboardKey({ project, name })}
          me={me.data}
          projects={places.data.projects}
          stored={resource.data}
          initial={resource.data.dashboard}
          drafts={drafts}
          notice={isCreated ? words.created : undefined}
        />
      )}
    </>
  );
}

function readAddress(search: string) {
  const parameters = new URLSearchParams(search);
  return { project: parameters.get('project') ?? '', name: parameters.get('name') ?? '', isCreated: parameters.has('created') };
}
