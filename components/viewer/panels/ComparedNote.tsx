/** Says so when there is nothing to compare with: a chart without a second line could mean that nothing changed. */
import { Label } from '@patternfly/react-core';
import { texts } from '../../texts';
import { comparisonName } from '../time/comparison';
import { usePanelsView } from './panels-view';
import type { PanelQuery } from './use-panel-queries';

export function ComparedNote({ queries }: { readonly queries: readonly PanelQuery[] }) {
  const { compare } = usePanelsView();
  if (compare === undefined || queries.length === 0 || queries.some(({ isFetching }) => isFetching)) {
    return null;
  }
  const name = comparisonName(compare);
  const hasFailed = queries.some(({ error, data }) => error !== null && data === undefined);
  const hasData = queries.some(({ data }) => (data?.series.length ?? 0) > 0);
  return hasData && !hasFailed ? null : (
    <Label isCompact variant="outline" status={hasFailed ? 'warning' : 'info'} data-testid="compared-note">
      {hasFailed ? texts.time.compare.failed(name) : texts.time.compare.noData(name)}
    </Label>
  );
}
