/** "What does this mean?": a panel's description, point by point. */
import { Button, DescriptionList, DescriptionListDescription, DescriptionListGroup, DescriptionListTerm, Popover } from '@patternfly/react-core';
import OutlinedQuestionCircleIcon from '@patternfly/react-icons/dist/esm/icons/outlined-question-circle-icon';
import { useReplaceVariablesInString } from '@perses-dev/plugin-system';
import { texts } from '../../texts';
import { descriptionPoints } from './description';

export function PanelHelp({ title, description }: { readonly title: string; readonly description: string }) {
  const text = useReplaceVariablesInString(description) ?? description;
  return (
    <Popover
      headerContent={texts.panels.description.title}
      bodyContent={
        <DescriptionList isCompact aria-label={texts.panels.description.of(title)}>
          {descriptionPoints(text).map(({ term, text: explanation }) => (
            <DescriptionListGroup key={term}>
              <DescriptionListTerm>{term}</DescriptionListTerm>
              <DescriptionListDescription>{explanation}</DescriptionListDescription>
            </DescriptionListGroup>
          ))}
        </DescriptionList>
      }
      maxWidth="28rem"
      position="bottom"
    >
      <Button variant="plain" size="sm" icon={<OutlinedQuestionCircleIcon />} aria-label={texts.panels.description.of(title)} />
    </Popover>
  );
}
