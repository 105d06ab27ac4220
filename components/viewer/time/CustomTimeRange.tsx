/** Dialog for a time range from one instant to another, in the browser's time zone. */
import { useState } from 'react';
import {
  Button,
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
} from '@patternfly/react-core';
import type { AbsoluteTimeRange } from '@perses-dev/core/dist/model/time';
import { fromLocalInput, toLocalInput } from './time-range';

export interface CustomTimeRangeProps {
  readonly initial: AbsoluteTimeRange;
  readonly onApply: (range: AbsoluteTimeRange) => void;
  readonly onClose: () => void;
}

export function CustomTimeRange({ initial, onApply, onClose }: CustomTimeRangeProps) {
  const [from, setFrom] = useState(() => toLocalInput(initial.start));
  const [to, setTo] = useState(() => toLocalInput(initial.end));
  const start = fromLocalInput(from);
  const end = fromLocalInput(to);
  const problem =
    start === undefined || end === undefined ? 'Enter both dates with their times.' : start >= end ? '"From" must be before "To".' : undefined;

  const apply = () => {
    if (start !== undefined && end !== undefined && problem === undefined) {
      onApply({ start, end });
    }
  };

  return (
    <Modal isOpen variant="small" onClose={onClose} aria-labelledby="custom-range-title" data-testid="custom-time-range">
      <ModalHeader title="Custom time range" labelId="custom-range-title" />
      <ModalBody>
        <Form
          id="custom-range-form"
          onSubmit={(event) => {
            event.preventDefault();
            apply();
          }}
        >
          <FormGroup label="From" fieldId="custom-range-from">
            <TextInput id="custom-range-from" type="datetime-local" value={from} onChange={(_event, text) => setFrom(text)} />
          </FormGroup>
          <FormGroup label="To" fieldId="custom-range-to">
            <TextInput
              id="custom-range-to"
              type="datetime-local"
              value={to}
              onChange={(_event, text) => setTo(text)}
              validated={problem === undefined ? 'default' : 'error'}
              aria-describedby="custom-range-help"
            />
            <FormHelperText>
              <HelperText id="custom-range-help" isLiveRegion>
                <HelperTextItem variant={problem === undefined ? 'default' : 'error'}>
                  {problem ?? `Times are in your time zone, ${Intl.DateTimeFormat().resolvedOptions().timeZone}.`}
                </HelperTextItem>
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
