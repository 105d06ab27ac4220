/** Simple or advanced: the panels that most people need, or all. Remembered for every dashboard. */
import { useId } from 'react';
import { ToggleGroup, ToggleGroupItem } from '@patternfly/react-core';
import { usePreference } from '../preferences/use-preference';
import { LabelledControl } from './LabelledControl';

const modes = [
  ['simple', 'Simple'],
  ['advanced', 'All panels'],
] as const;

export function ModeToggle() {
  const id = useId();
  const [mode, setMode] = usePreference('mode');
  return (
    <LabelledControl id={id} label="View">
      <ToggleGroup aria-labelledby={`${id}-label`} data-testid="mode">
        {modes.map(([value, text]) => (
          <ToggleGroupItem key={value} text={text} buttonId={`${id}-${value}`} isSelected={mode === value} onChange={() => setMode(value)} />
        ))}
      </ToggleGroup>
    </LabelledControl>
  );
}
