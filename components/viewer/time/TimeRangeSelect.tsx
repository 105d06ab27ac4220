/** Choice of the time range: a usual one, or from and to. */
import { useId, useState } from 'react';
import ClockIcon from '@patternfly/react-icons/dist/esm/icons/clock-icon';
import { isRelativeTimeRange, type AbsoluteTimeRange, type TimeRangeValue } from '@perses-dev/core/dist/model/time';
import { LabelledControl } from '../LabelledControl';
import { ChoiceSelect } from './ChoiceSelect';
import { CustomTimeRange } from './CustomTimeRange';
import { describeTimeRange, timeRanges, withCurrent } from './time-range';

const custom = 'custom';

export interface TimeRangeSelectProps {
  readonly value: TimeRangeValue;
  /** The range as two instants, from which a custom range starts. */
  readonly absolute: AbsoluteTimeRange;
  readonly onChange: (value: TimeRangeValue) => void;
}

export function TimeRangeSelect({ value, absolute, onChange }: TimeRangeSelectProps) {
  const id = useId();
  const [isCustomOpen, setIsCustomOpen] = useState(false);
  const current = isRelativeTimeRange(value) ? value.pastDuration : undefined;
  const ranges = current === undefined ? timeRanges : withCurrent(timeRanges, current, describeTimeRange(value));

  return (
    <LabelledControl id={id} label="Time range">
      <ChoiceSelect
        id={id}
        testId="time-range"
        label="Time range"
        text={describeTimeRange(value)}
        icon={<ClockIcon />}
        choices={[...ranges, { value: custom, label: 'Custom range…' }]}
        selected={current ?? custom}
        onPick={(picked) => (picked === custom ? setIsCustomOpen(true) : onChange({ pastDuration: picked }))}
      />
      {isCustomOpen && (
        <CustomTimeRange
          initial={absolute}
          onClose={() => setIsCustomOpen(false)}
          onApply={(range) => {
            setIsCustomOpen(false);
            onChange(range);
          }}
        />
      )}
    </LabelledControl>
  );
}
