/** What is wrong with the text, each with the way to its line. */
import { useState } from 'react';
import { Button, Content, Flex, FlexItem, Label, List, ListItem, Spinner } from '@patternfly/react-core';
import type { TextProblem } from '../../../lib/contracts/editor';
import { manageEditor } from '../../texts/manage-editor';
import styles from './editor.module.css';
import type { Checked } from './use-check';

const words = manageEditor.text;

export interface ProblemListProps extends Pick<Checked, 'state' | 'problems'> {
  /** How the text is written, for who may write. */
  readonly hint: string | undefined;
  readonly onGoTo: (problem: TextProblem) => void;
}

export function ProblemList({ state, problems, hint, onGoTo }: ProblemListProps) {
  const [isAdviceShown, setIsAdviceShown] = useState(false);
  const errors = problems.filter(({ severity }) => severity === 'error');
  const advice = problems.filter(({ severity }) => severity === 'advice');
  const shown = isAdviceShown ? problems : errors;
  return (
    <div data-testid="text-state" data-state={state}>
      <Flex alignItems={{ default: 'alignItemsCenter' }} spaceItems={{ default: 'spaceItemsSm' }}>
        <FlexItem aria-live="polite">{status()}</FlexItem>
        {advice.length > 0 && (
          <FlexItem>
            <Button variant="link" isInline onClick={() => setIsAdviceShown(!isAdviceShown)} aria-expanded={isAdviceShown}>
              {isAdviceShown ? words.hideAdvice : `${words.showAdvice} (${advice.length})`}
            </Button>
          </FlexItem>
        )}
        {hint !== undefined && (
          <FlexItem>
            <Content component="small">{hint}</Content>
          </FlexItem>
        )}
      </Flex>
      {shown.length > 0 && (
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keyboard
        <div className={styles['problems']} role="region" aria-label={words.problems} tabIndex={0}>
          <List isPlain>
            {shown.map((problem, index) => (
              <ListItem key={`${problem.line}:${problem.path}:${index}`} data-testid="text-problem" data-line={problem.line}>
                <Label isCompact status={problem.severity === 'error' ? 'danger' : 'info'}>{problem.severity === 'error' ? words.error : words.suggestion}</Label>{' '}
                <Button variant="link" isInline className={styles['problem'] ?? ''} onClick={() => onGoTo(problem)} aria-label={words.goTo(problem.line)}>
                  {words.line(problem.line)}
                </Button>
                {': '}
                {problem.path === '' ? '' : `${problem.path}: `}
                {problem.reason}. {problem.remedy}
              </ListItem>
            ))}
          </List>
        </div>
      )}
    </div>
  );

  function status() {
    switch (state) {
      case 'checking':
        return (
          <>
            <Spinner size="sm" aria-hidden="true" /> {words.checking}
          </>
        );
      case 'valid':
        return <Label status="success" isCompact>{words.valid}</Label>;
      case 'invalid':
        return <Label status="danger" isCompact>{words.errors(errors.length)}</Label>;
      case 'failed':
        return <Label status="warning" isCompact>{words.notChecked}</Label>;
    }
  }
}
