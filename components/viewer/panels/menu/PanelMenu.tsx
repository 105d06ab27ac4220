/** What can be done with a panel. What each of it needs is loaded when it is picked. */
import { useRef, useState, type RefObject } from 'react';
import { Dropdown, DropdownItem, DropdownList, MenuToggle } from '@patternfly/react-core';
import EllipsisVIcon from '@patternfly/react-icons/dist/esm/icons/ellipsis-v-icon';
import { deferred } from '../../../feedback/deferred';
import { texts } from '../../../texts';
import type { PanelQuery } from '../use-panel-queries';
import type { PanelDetailsProps } from './PanelDetails';

const PanelDetails = deferred<PanelDetailsProps>(() => import('./PanelDetails'), () => null);

export interface PanelMenuProps {
  readonly title: string;
  readonly queries: readonly PanelQuery[];
  /** Around what the panel draws. */
  readonly figure: RefObject<HTMLElement>;
  /** Address of the panel alone. */
  readonly address: string;
  readonly isTable: boolean;
  readonly onTable: (isTable: boolean) => void;
  readonly isExpanded: boolean;
  readonly onExpand: (expand: boolean) => void;
}

export function PanelMenu({ title, queries, figure, address, isTable, onTable, isExpanded, onExpand }: PanelMenuProps) {
  const [isOpen, setIsOpen] = useState(false);
  const [areDetailsOpen, setAreDetailsOpen] = useState(false);
  const [said, setSaid] = useState('');
  const toggle = useRef<HTMLButtonElement>(null);
  const data = queries.flatMap((query) => query.data ?? []);

  const copyLink = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(new URL(address, window.location.origin).href);
      setSaid(texts.panels.menu.linkCopied);
    } catch {
      // A browser may not allow it; the details show the link to be copied by hand.
      setAreDetailsOpen(true);
    }
  };
  const items: readonly { readonly text: string; readonly testId: string; readonly isDisabled?: boolean; readonly run: () => unknown }[] = [
    { text: isExpanded ? texts.panels.menu.shrink : texts.panels.menu.expand, testId: 'panel-menu-expand', run: () => onExpand(!isExpanded) },
    { text: isTable ? texts.panels.menu.chart : texts.panels.menu.table, testId: 'panel-menu-table', isDisabled: data.length === 0, run: () => onTable(!isTable) },
    { text: texts.panels.menu.csv, testId: 'panel-menu-csv', isDisabled: data.length === 0, run: async () => (await import('./download')).downloadCsv(title, data) },
    {
      text: texts.panels.menu.png,
      testId: 'panel-menu-png',
      isDisabled: isTable || data.length === 0,
      run: async () => figure.current !== null && (await import('./download')).downloadPng(title, figure.current),
    },
    { text: texts.panels.menu.link, testId: 'panel-menu-link', run: copyLink },
    { text: texts.panels.menu.details, testId: 'panel-menu-details', run: () => setAreDetailsOpen(true) },
  ];

  return (
    <>
      <Dropdown
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        shouldFocusToggleOnSelect
        onSelect={() => setIsOpen(false)}
        popperProps={{ position: 'right' }}
        toggle={{
          toggleRef: toggle,
          toggleNode: (
            <MenuToggle
              ref={toggle}
              variant="plain"
              size="sm"
              isExpanded={isOpen}
              onClick={() => setIsOpen(!isOpen)}
              icon={<EllipsisVIcon />}
              aria-label={texts.panels.menu.label(title)}
              data-testid="panel-menu"
            />
          ),
        }}
      >
        <DropdownList>
          {items.map(({ text, testId, isDisabled = false, run }) => (
            <DropdownItem key={testId} isDisabled={isDisabled} onClick={() => void run()} data-testid={testId}>
              {text}
            </DropdownItem>
          ))}
        </DropdownList>
      </Dropdown>
      <span role="status" className="pf-v6-screen-reader">
        {said}
      </span>
      {areDetailsOpen && <PanelDetails title={title} queries={queries} address={address} onClose={() => setAreDetailsOpen(false)} />}
    </>
  );
}
