/** When the panels ask again: now, and every so often. */
import { Button, InputGroup, InputGroupItem } from '@patternfly/react-core';
import SyncAltIcon from '@patternfly/react-icons/dist/esm/icons/sync-alt-icon';
import type { DurationString } from '@perses-dev/core/dist/model/time';
import { LabelledControl } from '../LabelledControl';
import { ChoiceSelect } from './ChoiceSelect';
import { refreshIntervals, withCurrent } from './time-range';

const id = 'refresh-interval';

export interface RefreshControlProps {
  readonly value: DurationString;
  readonly onChange: (value: DurationString) => void;
  readonly onRefresh: () => void;
}

export function RefreshControl({ value, onChange, onRefresh }: RefreshControlProps) {
  const choices = withCurrent(refreshIntervals, value, value);
  const label = choices.find((choice) => choice.value === value)?.label ?? value;
  return (
    <LabelledControl id={id} label="Refresh">
      <InputGroup>
        <InputGroupItem>
          <Button variant="control" icon={<SyncAltIcon />} aria-label="Refresh now" onClick={onRefresh} data-testid="refresh-now" />
        </InputGroupItem>
        <InputGroupItem>
          <ChoiceSelect id={id} label="Refresh interval" text={label} choices={choices} selected={value} onPick={onChange} />
        </InputGroupItem>
      </InputGroup>
    </LabelledControl>
  );
}
