/** How to read a dashboard, as its author explains it. */
import { useEffect, useRef } from 'react';
import { DrawerActions, DrawerCloseButton, DrawerHead, DrawerPanelBody, DrawerPanelContent, Title } from '@patternfly/react-core';
import { Markdown } from '../../perses/Markdown';
import { texts } from '../../texts';

export interface HelpPanelProps {
  /** Markdown. */
  readonly text: string;
  readonly onClose: () => void;
}

export default function HelpPanel({ text, onClose }: HelpPanelProps) {
  const heading = useRef<HTMLDivElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <DrawerPanelContent
      widths={{ default: 'width_33' }}
      data-testid="dashboard-help"
      onKeyDown={({ key }) => {
        if (key === 'Escape') {
          onClose();
        }
      }}
    >
      <DrawerHead>
        <div ref={heading} tabIndex={-1}>
          <Title headingLevel="h2">{texts.viewer.help.title}</Title>
        </div>
        <DrawerActions>
          <DrawerCloseButton onClick={onClose} aria-label={texts.viewer.help.close} />
        </DrawerActions>
      </DrawerHead>
      <DrawerPanelBody>
        {/* The title of the drawer stands for the text's own. */}
        <Markdown text={text.replace(/^## How to read this dashboard\s*/, '')} />
      </DrawerPanelBody>
    </DrawerPanelContent>
  );
}
