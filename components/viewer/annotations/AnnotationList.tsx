/** A part of the viewer's stack: what the markers on the charts stand for, in words. */
import { useState } from 'react';
import { ExpandableSection, Label, StackItem } from '@patternfly/react-core';
import BellIcon from '@patternfly/react-icons/dist/esm/icons/bell-icon';
import CubeIcon from '@patternfly/react-icons/dist/esm/icons/cube-icon';
import { useTimeZone } from '@perses-dev/components';
import { whenText, type Annotation } from './annotations';
import { useAnnotations } from './use-annotations';
import styles from './annotations.module.css';

export default function AnnotationList() {
  const { isLoading, hasFailed, found } = useAnnotations();
  const { timeZone } = useTimeZone();
  const [isExpanded, setIsExpanded] = useState(false);
  const count = countText(found);
  const summary = isLoading ? 'Looking for alerts and deployments…' : count === '' ? 'No alerts and no deployments in this time range' : count;
  return (
    <StackItem data-testid="annotation-list">
      <span role="status">{hasFailed ? `${summary}. Some could not be loaded.` : found.length === 0 && summary}</span>
      {found.length > 0 && (
        <ExpandableSection toggleText={`Events: ${count}`} isExpanded={isExpanded} onToggle={(_event, expanded) => setIsExpanded(expanded)} toggleId="annotations-toggle" contentId="annotations-content">
          {/* Long lists scroll, which the keyboard does too. */}
          {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <div className={styles['scroll']} tabIndex={0} role="region" aria-label="Alerts and deployments">
            <table>
              <thead>
                <tr>
                  <th scope="col">What</th>
                  <th scope="col">Where</th>
                  <th scope="col">When</th>
                </tr>
              </thead>
              <tbody>
                {found.map((annotation, index) => (
                  // Nothing else tells two alerts of one name apart.
                  <tr key={index}>
                    <td>
                      {annotation.kind === 'alert' ? (
                        <Label isCompact status="danger" icon={<BellIcon />}>
                          Alert
                        </Label>
                      ) : (
                        <Label isCompact color="blue" icon={<CubeIcon />}>
                          Deployment
                        </Label>
                      )}{' '}
                      {annotation.what}
                    </td>
                    <td>{annotation.where}</td>
                    <td>{whenText(annotation, timeZone)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </ExpandableSection>
      )}
    </StackItem>
  );
}

function countText(found: readonly Annotation[]): string {
  const counted = (kind: Annotation['kind'], name: string): string[] => {
    const { length } = found.filter((annotation) => annotation.kind === kind);
    return length === 0 ? [] : [`${length} ${name}${length === 1 ? '' : 's'}`];
  };
  return [...counted('alert', 'alert'), ...counted('deployment', 'deployment')].join(', ');
}
