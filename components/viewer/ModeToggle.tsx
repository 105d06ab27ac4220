/** Simple or advanced: the panels that most people need, or all. Remembered for every dashboard. */
import { useId } from 'react';
import { ToggleGroup, ToggleGroupItem } from '@patternfly/react-core';
import { usePreference } from '../preferences/use-preference';
import { texts } from '../texts';
import { LabelledControl } from './LabelledControl';

const modes = ['simple', 'advanced'] as const;

export function ModeToggle() {
  const id = useId();
  const [mode, setMode] = usePreference('mode');
  return (
    <LabelledControl id={id} label={texts.viewer.mode.label}>
      <ToggleGroup aria-labelledby={`${id}-label`} data-testid="mode">
        {modes.map((value) => (
          <ToggleGroupItem key={value} text={texts.viewer.mode[value]} buttonId={`${id}-${value}`} isSelected={mode === value} onChange={() => setMode(value)} />
        ))}
      </ToggleGroup>
    </LabelledControl>
  );
}
