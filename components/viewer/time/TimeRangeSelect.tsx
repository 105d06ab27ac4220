/** Choice of the time range: a usual one, or from and to. */
import { useState } from 'react';
import { MenuToggle, Select, SelectList, SelectOption } from '@patternfly/react-core';
import ClockIcon from '@patternfly/react-icons/dist/esm/icons/clock-icon';
import { isRelativeTimeRange, type AbsoluteTimeRange, type TimeRangeValue } from '@perses-dev/core/dist/model/time';
import { LabelledControl } from '../LabelledControl';
import { CustomTimeRange } from './CustomTimeRange';
import { describeTimeRange, timeRanges, withCurrent } from './time-range';

const id = 'time-range';
const custom = 'custom';

export interface TimeRangeSelectProps {
  readonly value: TimeRangeValue;
  /** The range as two instants, from which a custom range starts. */
  readonly absolute: AbsoluteTimeRange;
  readonly onChange: (value: TimeRangeValue) => void;
}

export function TimeRangeSelect({ value, absolute, onChange }: TimeRangeSelectProps) {
  const [isOpen, setIsOpen] = useState(false);
  const [isCustomOpen, setIsCustomOpen] = useState(false);
  const current = isRelativeTimeRange(value) ? value.pastDuration : undefined;
  const choices = current === undefined ? timeRanges : withCurrent(timeRanges, current, describeTimeRange(value));

  const pick = (picked: string) => {
    setIsOpen(false);
    const choice = choices.find((each) => each.value === picked);
    if (choice === undefined) {
      setIsCustomOpen(true);
    } else {
      onChange({ pastDuration: choice.value });
    }
  };

  return (
    <LabelledControl id={id} label="Time range">
      <Select
        id={`${id}-menu`}
        isOpen={isOpen}
        selected={current ?? custom}
        onOpenChange={setIsOpen}
        onSelect={(_event, picked) => pick(String(picked))}
        popperProps={{ minWidth: 'trigger', position: 'right', appendTo: 'inline' }}
        toggle={(ref) => (
          <MenuToggle
            ref={ref}
            id={id}
            data-testid={id}
            icon={<ClockIcon />}
            isExpanded={isOpen}
            onClick={() => setIsOpen(!isOpen)}
            aria-label={`Time range: ${describeTimeRange(value)}`}
          >
            {describeTimeRange(value)}
          </MenuToggle>
        )}
      >
        <SelectList aria-label="Time range" data-testid="time-range-options">
          {choices.map((choice) => (
            <SelectOption key={choice.value} value={choice.value}>
              {choice.label}
            </SelectOption>
          ))}
          <SelectOption value={custom}>Custom range…</SelectOption>
        </SelectList>
      </Select>
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
