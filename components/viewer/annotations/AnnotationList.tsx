/** A part of the viewer's stack: what the markers on the charts stand for, in words. */
import { useState } from 'react';
import { ExpandableSection, Label, StackItem } from '@patternfly/react-core';
import BellIcon from '@patternfly/react-icons/dist/esm/icons/bell-icon';
import CubeIcon from '@patternfly/react-icons/dist/esm/icons/cube-icon';
import { useTimeZone } from '@perses-dev/components';
import { texts } from '../../texts';
import { whenText, type Annotation } from './annotations';
import { useAnnotations } from './use-annotations';
import styles from './annotations.module.css';

export default function AnnotationList() {
  const { isLoading, hasFailed, found } = useAnnotations();
  const { timeZone } = useTimeZone();
  const [isExpanded, setIsExpanded] = useState(false);
  const count = countText(found);
  const summary = isLoading ? texts.events.loading : count === '' ? texts.events.none : count;
  return (
    <StackItem data-testid="annotation-list">
      <span role="status">{hasFailed ? texts.events.partly(summary) : found.length === 0 && summary}</span>
      {found.length > 0 && (
        <ExpandableSection toggleText={texts.events.title(count)} isExpanded={isExpanded} onToggle={(_event, expanded) => setIsExpanded(expanded)} toggleId="annotations-toggle" contentId="annotations-content">
          {/* Long lists scroll, which the keyboard does too. */}
          {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <div className={styles['scroll']} tabIndex={0} role="region" aria-label={texts.events.region}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{texts.events.columns.what}</th>
                  <th scope="col">{texts.events.columns.where}</th>
                  <th scope="col">{texts.events.columns.when}</th>
                </tr>
              </thead>
              <tbody>
                {found.map((annotation, index) => (
                  // Nothing else tells two alerts of one name apart.
                  <tr key={index}>
                    <td>
                      {annotation.kind === 'alert' ? (
                        <Label isCompact status="danger" icon={<BellIcon />}>
                          {texts.events.kinds.alert}
                        </Label>
                      ) : (
                        <Label isCompact color="blue" icon={<CubeIcon />}>
                          {texts.events.kinds.deployment}
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
  const alerts = found.filter(({ kind }) => kind === 'alert').length;
  return texts.events.count(alerts, found.length - alerts);
}
