/** A control of the toolbar with its visible label above. */
import type { ReactNode } from 'react';
import { ToolbarItem } from '@patternfly/react-core';
import styles from './viewer.module.css';

export function LabelledControl({ id, label, children }: { readonly id: string; readonly label: string; readonly children: ReactNode }) {
  return (
    <ToolbarItem>
      <div className={styles.control}>
        <span id={`${id}-label`} className={styles.label}>
          {label}
        </span>
        {children}
      </div>
    </ToolbarItem>
  );
}
