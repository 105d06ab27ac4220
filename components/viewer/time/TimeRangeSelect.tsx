/** Choice of the time range: a usual one, or from and to; and the ways to the times around it. */
import { useId, useState } from 'react';
import { Button, InputGroup, InputGroupItem } from '@patternfly/react-core';
import AngleLeftIcon from '@patternfly/react-icons/dist/esm/icons/angle-left-icon';
import AngleRightIcon from '@patternfly/react-icons/dist/esm/icons/angle-right-icon';
import ClockIcon from '@patternfly/react-icons/dist/esm/icons/clock-icon';
import SearchMinusIcon from '@patternfly/react-icons/dist/esm/icons/search-minus-icon';
import { isRelativeTimeRange, type AbsoluteTimeRange, type TimeRangeValue } from '@perses-dev/core/dist/model/time';
import { deferred } from '../../feedback/deferred';
import { usePreference } from '../../preferences/use-preference';
import { texts } from '../../texts';
import { LabelledControl } from '../LabelledControl';
import { ChoiceSelect } from './ChoiceSelect';
import type { CustomTimeRangeProps } from './CustomTimeRange';
import { describeTimeRange, panned, timeRanges, withCurrent, zoomedOut } from './time-range';
import { zoneName } from './time-zone';

// The calendar is large, and few need it.
const CustomTimeRange = deferred<CustomTimeRangeProps>(() => import('./CustomTimeRange'), () => null);

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
  const [zone, setZone] = usePreference('timeZone');
  const current = isRelativeTimeRange(value) ? value.pastDuration : undefined;
  const text = describeTimeRange(value, zoneName(zone)) + (current === undefined && zone === 'UTC' ? ' UTC' : '');
  const ranges = current === undefined ? timeRanges : withCurrent(timeRanges, current, text);
  const steps = [
    { label: texts.time.earlier, icon: <AngleLeftIcon />, testId: 'time-earlier', to: () => panned(absolute, -1, Date.now()) },
    { label: texts.time.later, icon: <AngleRightIcon />, testId: 'time-later', to: () => panned(absolute, 1, Date.now()), isDisabled: current !== undefined },
    { label: texts.time.zoomOut, icon: <SearchMinusIcon />, testId: 'time-zoom-out', to: () => zoomedOut(absolute, Date.now()) },
  ];

  return (
    <LabelledControl id={id} label={texts.time.label}>
      <InputGroup>
        <InputGroupItem>
          <ChoiceSelect
            id={id}
            testId="time-range"
            label={texts.time.label}
            text={text}
            icon={<ClockIcon />}
            choices={[...ranges, { value: custom, label: texts.time.custom.choice }]}
            selected={current ?? custom}
            onPick={(picked) => (picked === custom ? setIsCustomOpen(true) : onChange({ pastDuration: picked }))}
          />
        </InputGroupItem>
        {steps.map(({ label, icon, testId, to, isDisabled = false }) => (
          <InputGroupItem key={testId}>
            <Button variant="control" icon={icon} aria-label={label} title={label} onClick={() => onChange(to())} isDisabled={isDisabled} data-testid={testId} />
          </InputGroupItem>
        ))}
      </InputGroup>
      {isCustomOpen && (
        <CustomTimeRange
          initial={absolute}
          zone={zone}
          onZone={setZone}
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
