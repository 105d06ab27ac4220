/** Dashboards that were deleted, and the way back for each: it is made anew, by the same rights as any other. */
import { Alert, Button, Content, DataList, DataListAction, DataListCell, DataListItem, DataListItemCells, DataListItemRow, Modal, ModalBody, ModalFooter, ModalHeader, Spinner } from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { titleOf, type Dashboard } from '../../lib/contracts/dashboard';
import { toApiError } from '../api/api-error';
import { useApi } from '../api/ApiProvider';
import { ErrorState } from '../feedback/ErrorState';
import { manageRemoved as words } from '../texts/manage-removed';

export function RemovedDialog({ onClose }: { readonly onClose: () => void }) {
  const { editor, manage } = useApi();
  const queryClient = useQueryClient();
  const removed = useQuery({ queryKey: ['manage', 'removed'], queryFn: ({ signal }) => editor.removed(signal), staleTime: 0 });
  const restoring = useMutation({
    mutationFn: (dashboard: Dashboard) => manage.create(dashboard),
    onSettled: () => Promise.all([['manage'], ['dashboards']].map((queryKey) => queryClient.invalidateQueries({ queryKey }))),
  });

  return (
    <Modal isOpen variant="medium" onClose={onClose} aria-labelledby="removed-title" aria-describedby="removed-body" data-testid="removed-dialog">
      <ModalHeader title={words.title} labelId="removed-title" description={words.lead} />
      <ModalBody id="removed-body">
        {restoring.data !== undefined && <Alert variant="success" isInline isLiveRegion title={words.restored(titleOf(restoring.data))} data-testid="removed-restored" />}
        {restoring.error !== null && <Failure error={restoring.error} />}
        {body()}
      </ModalBody>
      <ModalFooter>
        <Button variant="link" onClick={onClose}>
          {words.close}
        </Button>
      </ModalFooter>
    </Modal>
  );

  function body() {
    if (removed.data === undefined) return removed.error === null ? <Spinner aria-label={words.loading} /> : <ErrorState error={removed.error} onRetry={() => void removed.refetch()} />;
    const { kept, dashboards } = removed.data;
    if (dashboards.length === 0) return <Content component="p" data-testid="removed-none">{kept ? words.none : words.notKept}</Content>;
    return (
      <DataList aria-label={words.list} isCompact>
        {dashboards.map(({ dashboard, changedBy }) => {
          const { project, name, version, updatedAt } = dashboard.metadata;
          const title = titleOf(dashboard);
          const id = `removed-${project}-${name}`;
          const when = updatedAt === undefined ? undefined : new Date(updatedAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
          return (
            <DataListItem key={id} aria-labelledby={id} data-testid="removed" data-dashboard={name}>
              <DataListItemRow>
                <DataListItemCells
                  dataListCells={[
                    <DataListCell key="title">
                      <span id={id}>{title}</span>
                      <Content component="small">{words.where(project, name)}</Content>
                    </DataListCell>,
                    <DataListCell key="last">
                      <Content component="small">{words.last(version, when, changedBy)}</Content>
                    </DataListCell>,
                  ]}
                />
                <DataListAction id={`${id}-actions`} aria-labelledby={id} aria-label={words.restoreOne(title)}>
                  <Button variant="secondary" isDisabled={restoring.status === 'loading'} onClick={() => restoring.mutate(dashboard)} aria-label={words.restoreOne(title)} data-testid="removed-restore">
                    {words.restore}
                  </Button>
                </DataListAction>
              </DataListItemRow>
            </DataListItem>
          );
        })}
      </DataList>
    );
  }
}

function Failure({ error }: { readonly error: unknown }) {
  const { message, remedy } = toApiError(error);
  return (
    <Alert variant="danger" isInline isLiveRegion title={words.failed} data-testid="removed-failed">
      <p>{message}</p>
      <p>{remedy}</p>
    </Alert>
  );
}
