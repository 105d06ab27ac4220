/** How to read a dashboard, as its author explains it. */
import { useEffect, useRef } from 'react';
import { Content, DrawerActions, DrawerCloseButton, DrawerHead, DrawerPanelBody, DrawerPanelContent, Title } from '@patternfly/react-core';
import { MarkdownPanel } from '@perses-dev/markdown-plugin/lib/MarkdownPanel';
import { texts } from '../../texts';

export interface HelpPanelProps {
  /** Markdown; what it renders to is sanitized. */
  readonly text: string;
  readonly onClose: () => void;
}

const noQueries: [] = [];

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
        <Content>
          <MarkdownPanel spec={{ text: text.replace(/^## How to read this dashboard\s*/, '') }} queryResults={noQueries} />
        </Content>
      </DrawerPanelBody>
    </DrawerPanelContent>
  );
}
