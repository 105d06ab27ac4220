/** Dialog for a time range from one instant to another, with a calendar, in the browser's time zone or in UTC. */
import { useState } from 'react';
import {
  Button,
  DatePicker,
  Flex,
  FlexItem,
  Form,
  FormGroup,
  FormHelperText,
  HelperText,
  HelperTextItem,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  TextInput,
  ToggleGroup,
  ToggleGroupItem,
} from '@patternfly/react-core';
import type { AbsoluteTimeRange } from '@perses-dev/core/dist/model/time';
import { browserZone, fromFields, toFields, type TimeZone } from './time-zone';

export interface CustomTimeRangeProps {
  readonly initial: AbsoluteTimeRange;
  readonly zone: TimeZone;
  readonly onZone: (zone: TimeZone) => void;
  readonly onApply: (range: AbsoluteTimeRange) => void;
  readonly onClose: () => void;
}

export default function CustomTimeRange({ initial, zone, onZone, onApply, onClose }: CustomTimeRangeProps) {
  const [from, setFrom] = useState(() => toFields(initial.start, zone));
  const [to, setTo] = useState(() => toFields(initial.end, zone));
  const start = fromFields(from, zone);
  const end = fromFields(to, zone);
  const problem =
    start === undefined || end === undefined ? 'Enter both dates with their times.' : start >= end ? '"From" must be before "To".' : undefined;

  const changeZone = (next: TimeZone): void => {
    // The instants stay; they are written another way.
    if (start !== undefined && end !== undefined) {
      setFrom(toFields(start, next));
      setTo(toFields(end, next));
    }
    onZone(next);
  };
  const ends = [
    { id: 'custom-range-from', label: 'From', fields: from, set: setFrom },
    { id: 'custom-range-to', label: 'To', fields: to, set: setTo },
  ];

  return (
    <Modal isOpen variant="small" onClose={onClose} aria-labelledby="custom-range-title" data-testid="custom-time-range">
      <ModalHeader title="Custom time range" labelId="custom-range-title" />
      <ModalBody>
        <Form
          id="custom-range-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (start !== undefined && end !== undefined && problem === undefined) {
              onApply({ start, end });
            }
          }}
        >
          {ends.map(({ id, label, fields, set }) => (
            <FormGroup key={id} role="group" label={label} fieldId={`${id}-date`}>
              <Flex>
                <FlexItem>
                  <DatePicker
                    value={fields.date}
                    onChange={(_event, date) => set({ ...fields, date })}
                    inputProps={{ id: `${id}-date` }}
                    aria-label={`${label}: date`}
                    buttonAriaLabel={`${label}: calendar`}
                    popoverProps={{ 'aria-label': `${label}: calendar` }}
                  />
                </FlexItem>
                <FlexItem>
                  <TextInput
                    id={`${id}-time`}
                    type="time"
                    aria-label={`${label}: time`}
                    value={fields.time}
                    onChange={(_event, time) => set({ ...fields, time })}
                    validated={problem === undefined ? 'default' : 'error'}
                    aria-describedby="custom-range-help"
                  />
                </FlexItem>
              </Flex>
            </FormGroup>
          ))}
          <FormGroup role="group" label="Time zone" fieldId="custom-range-zone">
            <ToggleGroup aria-label="Time zone" id="custom-range-zone">
              <ToggleGroupItem text={`This browser (${browserZone()})`} buttonId="zone-browser" isSelected={zone === 'browser'} onChange={() => changeZone('browser')} />
              <ToggleGroupItem text="UTC" buttonId="zone-utc" isSelected={zone === 'UTC'} onChange={() => changeZone('UTC')} />
            </ToggleGroup>
            <FormHelperText>
              <HelperText id="custom-range-help" isLiveRegion>
                <HelperTextItem variant={problem === undefined ? 'default' : 'error'}>{problem ?? 'Dates are year, month, day. The time zone holds for all times in dashboards.'}</HelperTextItem>
              </HelperText>
            </FormHelperText>
          </FormGroup>
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button type="submit" form="custom-range-form" variant="primary" isDisabled={problem !== undefined}>
          Apply
        </Button>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}
