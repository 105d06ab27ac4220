/** As whom the preview is drawn: oneself, or members of projects that one sees. */
import { useState } from 'react';
import { MenuToggle, Select, SelectList, SelectOption } from '@patternfly/react-core';
import { manageEditor } from '../../texts/manage-editor';

const words = manageEditor.preview;
const myself = '';

export interface AudienceSelectProps {
  readonly projects: readonly string[];
  readonly members: readonly string[] | undefined;
  readonly onChange: (members: readonly string[] | undefined) => void;
}

export function AudienceSelect({ projects, members, onChange }: AudienceSelectProps) {
  const [isOpen, setIsOpen] = useState(false);
  const pick = (project: string): void => {
    const next = project === myself ? [] : (members ?? []).includes(project) ? (members ?? []).filter((other) => other !== project) : [...(members ?? []), project].sort();
    onChange(next.length === 0 ? undefined : next);
    if (project === myself) setIsOpen(false);
  };
  return (
    <Select
      role="menu"
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      onSelect={(_event, value) => pick(String(value))}
      isScrollable
      popperProps={{ appendTo: 'inline', position: 'right' }}
      toggle={(ref) => (
        <MenuToggle ref={ref} isExpanded={isOpen} onClick={() => setIsOpen(!isOpen)} data-testid="preview-as" aria-label={`${words.audience}: ${members === undefined ? words.asMe : words.asMembers(members)}`}>
          {words.audience}: {members === undefined ? words.asMe : words.asMembers(members)}
        </MenuToggle>
      )}
    >
      <SelectList aria-label={words.audience}>
        <SelectOption value={myself} hasCheckbox isSelected={members === undefined}>
          {words.asMe}
        </SelectOption>
        {projects.map((project) => (
          <SelectOption key={project} value={project} hasCheckbox isSelected={members?.includes(project) === true}>
            {words.memberOf(project)}
          </SelectOption>
        ))}
      </SelectList>
    </Select>
  );
}
