/** When the panels ask again: now, and every so often. */
import { useId } from 'react';
import { Button, InputGroup, InputGroupItem } from '@patternfly/react-core';
import SyncAltIcon from '@patternfly/react-icons/dist/esm/icons/sync-alt-icon';
import type { DurationString } from '@perses-dev/core/dist/model/time';
import { texts } from '../../texts';
import { LabelledControl } from '../LabelledControl';
import { ChoiceSelect } from './ChoiceSelect';
import { refreshIntervals, withCurrent } from './time-range';

export interface RefreshControlProps {
  readonly value: DurationString;
  readonly onChange: (value: DurationString) => void;
  readonly onRefresh: () => void;
}

export function RefreshControl({ value, onChange, onRefresh }: RefreshControlProps) {
  const id = useId();
  const choices = withCurrent(refreshIntervals, value, value);
  const label = choices.find((choice) => choice.value === value)?.label ?? value;
  return (
    <LabelledControl id={id} label={texts.viewer.refresh.label}>
      <InputGroup>
        <InputGroupItem>
          <Button variant="control" icon={<SyncAltIcon />} aria-label={texts.viewer.refresh.now} onClick={onRefresh} data-testid="refresh-now" />
        </InputGroupItem>
        <InputGroupItem>
          <ChoiceSelect id={id} testId="refresh-interval" label={texts.viewer.refresh.interval} text={label} choices={choices} selected={value} onPick={onChange} />
        </InputGroupItem>
      </InputGroup>
    </LabelledControl>
  );
}
