/**
 * Three steps for a first visit, above the list and over nothing. Shown once: whoever saw them on one page does not meet
 * them on the next.
 */
import { useEffect, useRef, useState } from 'react';
import { ActionList, ActionListItem, Button, Card, CardBody, CardFooter, CardTitle, Content } from '@patternfly/react-core';
import { usePreference } from '../preferences/use-preference';

const steps = [
  { title: 'Find a dashboard', text: 'Each card says which question it answers. Search, or narrow the list; the star keeps a dashboard in front, the house makes it the one that you begin with.' },
  { title: 'Choose what is shown', text: 'Above the panels are your projects, the time range and how often it is renewed. Everything is in the address: copy it, and a colleague sees the same.' },
  { title: 'Ask a panel', text: 'The question mark says what a panel measures, what is healthy and what to do next. Its menu has the figures as a table, and downloads.' },
] as const;

export function FirstSteps() {
  const [seen, setSeen] = usePreference('tour');
  const [isShown, setIsShown] = useState(seen === undefined);
  const [index, setIndex] = useState(0);
  const region = useRef<HTMLDivElement>(null);
  const step = steps[index];

  useEffect(() => {
    if (isShown) {
      setSeen('seen');
    }
  }, [isShown, setSeen]);

  useEffect(() => {
    const endOnEscape = ({ key }: KeyboardEvent): void => {
      // Escape in a menu or a field is for that one.
      const focused = document.activeElement;
      if (key === 'Escape' && (focused === document.body || region.current?.contains(focused) === true)) {
        setIsShown(false);
      }
    };
    document.addEventListener('keydown', endOnEscape);
    return () => document.removeEventListener('keydown', endOnEscape);
  }, []);

  if (!isShown || step === undefined) {
    return null;
  }
  const isLast = index === steps.length - 1;
  return (
    <div ref={region} role="region" aria-label="First steps" data-testid="first-steps">
      <Card isCompact>
        <CardTitle component="h2">
          {step.title} <Content component="small">Step {index + 1} of {steps.length}</Content>
        </CardTitle>
        <CardBody aria-live="polite">{step.text}</CardBody>
        <CardFooter>
          <ActionList>
            {index > 0 && (
              <ActionListItem>
                <Button variant="secondary" onClick={() => setIndex(index - 1)}>
                  Back
                </Button>
              </ActionListItem>
            )}
            <ActionListItem>
              <Button variant="primary" onClick={() => (isLast ? setIsShown(false) : setIndex(index + 1))}>
                {isLast ? 'Done' : 'Next'}
              </Button>
            </ActionListItem>
            {!isLast && (
              <ActionListItem>
                <Button variant="link" onClick={() => setIsShown(false)}>
                  Skip
                </Button>
              </ActionListItem>
            )}
          </ActionList>
        </CardFooter>
      </Card>
    </div>
  );
}
