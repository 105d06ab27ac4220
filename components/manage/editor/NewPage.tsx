/** A new dashboard: how it begins, what it is called and whose it is; then the editor. Nothing is stored before that saves. */
import { useEffect, useMemo, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Alert, AlertActionLink, Bullseye, EmptyState, EmptyStateActions, EmptyStateBody, EmptyStateFooter, PageSection, Spinner } from '@patternfly/react-core';
import LockIcon from '@patternfly/react-icons/dist/esm/icons/lock-icon';
import { parse } from 'yaml';
import { dashboardSchema, type Dashboard } from '../../../lib/contracts/dashboard';
import { editDashboardPath, managePath } from '../../../lib/contracts/links';
import { useApi, useMe } from '../../api/ApiProvider';
import { ErrorState } from '../../feedback/ErrorState';
import { useHost } from '../../host/HostProvider';
import { DashboardsTrail } from '../../links/DashboardsTrail';
import { manageEditor } from '../../texts/manage-editor';
import { useManagedProjects } from '../use-management';
import { writtenTime } from './ConflictDialog';
import { browserShelf, draftsOf } from './drafts';
import { Editor } from './Editor';
import { StartForm } from './StartForm';
import { fromTemplate } from './templates';

const words = manageEditor;

export function NewPage() {
  const { location, navigate, setTitle, Link } = useHost();
  const api = useApi();
  const me = useMe();
  const places = useManagedProjects();
  useEffect(() => setTitle(words.titleNew), [setTitle]);
  const [fromProject = '', fromName = ''] = (new URLSearchParams(location.search).get('from') ?? '').split('/');
  const isCopy = fromName !== '';
  const original = useQuery({ queryKey: ['dashboard', fromProject, fromName], queryFn: ({ signal }) => api.dashboard(fromProject, fromName, signal), enabled: isCopy });
  const subject = me.data?.subject ?? '';
  const drafts = useMemo(() => draftsOf(browserShelf, subject), [subject]);
  const [begun, setBegun] = useState<Dashboard>();
  const [isDraftOffered, setIsDraftOffered] = useState(true);
  const draft = me.data === undefined || !isDraftOffered ? undefined : drafts.read();

  const failed = [me, places, original].find(({ data, error }) => data === undefined && error !== null);
  return (
    <>
      <DashboardsTrail current={words.titleNew} parent={{ href: managePath, title: words.manage }} />
      {body()}
    </>
  );

  function body() {
    if (failed !== undefined) {
      return (
        <PageSection isFilled>
          <ErrorState error={failed.error} headingLevel="h1" onRetry={() => void failed.refetch()} actions={<Link href={managePath}>{words.manage}</Link>} />
        </PageSection>
      );
    }
    if (me.data === undefined || places.data === undefined || (isCopy && original.data === undefined)) {
      return (
        <PageSection isFilled>
          <Bullseye>
            <Spinner aria-label={words.loading} />
          </Bullseye>
        </PageSection>
      );
    }
    if (!places.data.creates || places.data.projects.length === 0) return <NoPlace {...(places.data.creates ? words.start.none : words.start.noStore)} />;
    if (begun !== undefined) {
      return (
        <Editor
          me={me.data}
          projects={places.data.projects}
          stored={undefined}
          initial={begun}
          drafts={drafts}
          onCreated={({ metadata }) => navigate(`${editDashboardPath(metadata.project, metadata.name)}&created`, { replace: true })}
        />
      );
    }
    return (
      <>
        {draft !== undefined && (
          <PageSection>
            <Alert
              variant="info"
              isInline
              title={words.draft.title}
              actionLinks={
                <>
                  <AlertActionLink onClick={() => setBegun(beginningOf(draft.text))} data-testid="draft-use">
                    {words.draft.use}
                  </AlertActionLink>
                  <AlertActionLink
                    onClick={() => {
                      drafts.remove();
                      setIsDraftOffered(false);
                    }}
                  >
                    {words.draft.discard}
                  </AlertActionLink>
                </>
              }
              data-testid="draft"
            >
              {words.draft.body(writtenTime(new Date(draft.savedAt).toISOString()))}
            </Alert>
          </PageSection>
        )}
        <StartForm
          projects={places.data.projects}
          platformProject={me.data.platformProject}
          original={isCopy ? original.data : undefined}
          onBegin={(dashboard) => {
            // What was offered and not taken up.
            drafts.remove();
            setBegun(dashboard);
          }}
        />
      </>
    );
  }
}

/** What is discarded to: the draft where it can be read, else a blank dashboard. */
function beginningOf(text: string): Dashboard {
  try {
    const parsed = dashboardSchema.safeParse({ ...(parse(text) as object), kind: 'Dashboard' });
    return parsed.success ? parsed.data : fromTemplate('blank');
  } catch {
    return fromTemplate('blank');
  }
}

function NoPlace({ title, body }: { readonly title: string; readonly body: string }) {
  const { Link } = useHost();
  return (
    <PageSection isFilled>
      <EmptyState titleText={title} headingLevel="h1" icon={LockIcon} data-testid="no-place">
        <EmptyStateBody>{body}</EmptyStateBody>
        <EmptyStateFooter>
          <EmptyStateActions>
            <Link href={managePath}>{words.manage}</Link>
          </EmptyStateActions>
        </EmptyStateFooter>
      </EmptyState>
    </PageSection>
  );
}
