/** When the panels ask again: now, and every so often. */
import { useState } from 'react';
import { Button, InputGroup, InputGroupItem, MenuToggle, Select, SelectList, SelectOption } from '@patternfly/react-core';
import SyncAltIcon from '@patternfly/react-icons/dist/esm/icons/sync-alt-icon';
import type { DurationString } from '@perses-dev/core/dist/model/time';
import { LabelledControl } from '../LabelledControl';
import { refreshIntervals, withCurrent } from './time-range';

const id = 'refresh-interval';

export interface RefreshControlProps {
  readonly value: DurationString;
  readonly onChange: (value: DurationString) => void;
  readonly onRefresh: () => void;
}

export function RefreshControl({ value, onChange, onRefresh }: RefreshControlProps) {
  const [isOpen, setIsOpen] = useState(false);
  const choices = withCurrent(refreshIntervals, value, value);
  const label = choices.find((choice) => choice.value === value)?.label ?? value;
  return (
    <LabelledControl id={id} label="Refresh">
      <InputGroup>
        <InputGroupItem>
          <Button variant="control" icon={<SyncAltIcon />} aria-label="Refresh now" onClick={onRefresh} data-testid="refresh-now" />
        </InputGroupItem>
        <InputGroupItem>
          <Select
            id={`${id}-menu`}
            isOpen={isOpen}
            selected={value}
            onOpenChange={setIsOpen}
            onSelect={(_event, picked) => {
              setIsOpen(false);
              const choice = choices.find((each) => each.value === picked);
              if (choice !== undefined) {
                onChange(choice.value);
              }
            }}
            popperProps={{ minWidth: 'trigger', position: 'right', appendTo: 'inline' }}
            toggle={(ref) => (
              <MenuToggle
                ref={ref}
                id={id}
                data-testid={id}
                isExpanded={isOpen}
                onClick={() => setIsOpen(!isOpen)}
                aria-label={`Refresh interval: ${label}`}
              >
                {label}
              </MenuToggle>
            )}
          >
            <SelectList aria-label="Refresh interval" data-testid="refresh-interval-options">
              {choices.map((choice) => (
                <SelectOption key={choice.value} value={choice.value}>
                  {choice.label}
                </SelectOption>
              ))}
            </SelectList>
          </Select>
        </InputGroupItem>
      </InputGroup>
    </LabelledControl>
  );
}
