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
import { texts } from '../../texts';
import { browserZone, fromFields, toFields, type TimeZone } from './time-zone';

const { custom } = texts.time;
const modalId = 'custom-range';

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
    start === undefined || end === undefined ? custom.incomplete : start >= end ? custom.reversed : undefined;

  const changeZone = (next: TimeZone): void => {
    // The instants stay; they are written another way.
    if (start !== undefined && end !== undefined) {
      setFrom(toFields(start, next));
      setTo(toFields(end, next));
    }
    onZone(next);
  };
  const ends = [
    { id: 'custom-range-from', label: custom.from, fields: from, set: setFrom },
    { id: 'custom-range-to', label: custom.to, fields: to, set: setTo },
  ];

  return (
    <Modal id={modalId} isOpen variant="small" onClose={onClose} aria-labelledby="custom-range-title" data-testid="custom-time-range">
      <ModalHeader title={custom.title} labelId="custom-range-title" />
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
                    aria-label={custom.date(label)}
                    buttonAriaLabel={custom.calendar(label)}
                    // Not in the body of the dialog, which scrolls: a calendar whose field scrolls away is hidden, and loses the focus.
                    appendTo={() => document.getElementById(modalId) ?? document.body}
                    popoverProps={{ 'aria-label': custom.calendar(label) }}
                  />
                </FlexItem>
                <FlexItem>
                  <TextInput
                    id={`${id}-time`}
                    type="time"
                    aria-label={custom.time(label)}
                    value={fields.time}
                    onChange={(_event, time) => set({ ...fields, time })}
                    validated={problem === undefined ? 'default' : 'error'}
                    aria-describedby="custom-range-help"
                  />
                </FlexItem>
              </Flex>
            </FormGroup>
          ))}
          <FormGroup role="group" label={custom.zone} fieldId="custom-range-zone">
            <ToggleGroup aria-label={custom.zone} id="custom-range-zone">
              <ToggleGroupItem text={custom.browser(browserZone())} buttonId="zone-browser" isSelected={zone === 'browser'} onChange={() => changeZone('browser')} />
              <ToggleGroupItem text={custom.utc} buttonId="zone-utc" isSelected={zone === 'UTC'} onChange={() => changeZone('UTC')} />
            </ToggleGroup>
            <FormHelperText>
              <HelperText id="custom-range-help" isLiveRegion>
                <HelperTextItem variant={problem === undefined ? 'default' : 'error'}>{problem ?? custom.hint}</HelperTextItem>
              </HelperText>
            </FormHelperText>
          </FormGroup>
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button type="submit" form="custom-range-form" variant="primary" isDisabled={problem !== undefined}>
          {custom.apply}
        </Button>
        <Button variant="link" onClick={onClose}>
          {texts.common.cancel}
        </Button>
      </ModalFooter>
    </Modal>
  );
}
