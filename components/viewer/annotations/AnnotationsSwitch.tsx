/** Whether alerts and deployments are marked on charts. */
import { useId } from 'react';
import { Switch } from '@patternfly/react-core';
import { texts } from '../../texts';
import { LabelledControl } from '../LabelledControl';
import styles from './annotations.module.css';

export function AnnotationsSwitch({ isOn, onChange }: { readonly isOn: boolean; readonly onChange: (isOn: boolean) => void }) {
  const id = useId();
  return (
    <LabelledControl id={id} label={texts.events.label}>
      <div className={styles['switch']}>
        <Switch id={id} aria-labelledby={`${id}-label`} isChecked={isOn} onChange={(_event, checked) => onChange(checked)} data-testid="annotations" />
      </div>
    </LabelledControl>
  );
}
