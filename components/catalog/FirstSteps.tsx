/**
 * Three steps for a first visit, above the list and over nothing. Shown once: whoever saw them on one page does not meet
 * them on the next.
 */
import { useEffect, useRef, useState } from 'react';
import { ActionList, ActionListItem, Button, Card, CardBody, CardFooter, CardTitle, Content } from '@patternfly/react-core';
import { usePreference } from '../preferences/use-preference';
import { texts } from '../texts';

const { steps } = texts.catalog.tour;

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
    <div ref={region} tabIndex={-1} role="region" aria-label={texts.catalog.tour.label} data-testid="first-steps">
      <Card isCompact>
        <CardTitle component="h2">
          {step.title} <Content component="small">{texts.catalog.tour.step(index + 1, steps.length)}</Content>
        </CardTitle>
        <CardBody aria-live="polite">{step.text}</CardBody>
        <CardFooter>
          <ActionList>
            {index > 0 && (
              <ActionListItem>
                <Button variant="secondary" onClick={() => setIndex(index - 1)}>
                  {texts.catalog.tour.back}
                </Button>
              </ActionListItem>
            )}
            <ActionListItem>
              <Button variant="primary" onClick={() => (isLast ? setIsShown(false) : setIndex(index + 1))}>
                {isLast ? texts.catalog.tour.done : texts.catalog.tour.next}
              </Button>
            </ActionListItem>
            {!isLast && (
              <ActionListItem>
                <Button variant="link" onClick={() => setIsShown(false)}>
                  {texts.catalog.tour.skip}
                </Button>
              </ActionListItem>
            )}
          </ActionList>
        </CardFooter>
      </Card>
    </div>
  );
}
