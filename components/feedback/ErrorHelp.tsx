/** The whole error catalogue, each code with its anchor: where the help links of messages lead. */
import { useEffect } from 'react';
import { Content, List, ListItem, ListVariant, PageSection, Stack, StackItem, Title } from '@patternfly/react-core';
import { errorCatalogue, errorCodes } from '../../lib/contracts/errors';
import { useHost } from '../host/HostProvider';
import { texts } from '../texts';

const { title } = texts.feedback.help;

export function ErrorHelp() {
  const { location, setTitle } = useHost();
  const named = errorCodes.find((code) => location.hash === `#${code}`);

  useEffect(() => setTitle(title), [setTitle]);
  useEffect(() => {
    // The browser has looked for it before a router in the page has drawn it.
    const section = named === undefined ? null : document.getElementById(named);
    section?.scrollIntoView();
    section?.focus({ preventScroll: true });
  }, [named]);

  return (
    <>
      <PageSection>
        <Title headingLevel="h1">{title}</Title>
        <Content component="p">{texts.feedback.help.text}</Content>
        <nav aria-label={texts.feedback.help.codes}>
          <List variant={ListVariant.inline}>
            {errorCodes.map((code) => (
              <ListItem key={code}>
                <a href={`#${code}`}>{code}</a>
              </ListItem>
            ))}
          </List>
        </nav>
      </PageSection>
      <PageSection isFilled>
        <Stack hasGutter>
          {errorCodes.map((code) => {
            const { title: what, message, remedy } = errorCatalogue[code];
            return (
              <StackItem key={code}>
                <section id={code} tabIndex={-1} aria-labelledby={`${code}-title`} data-testid="help-entry">
                  <Title headingLevel="h2" size="lg" id={`${code}-title`}>
                    {texts.feedback.help.entry(what, code)}
                  </Title>
                  <Content component="p">{message}</Content>
                  <Content component="p">{remedy}</Content>
                </section>
              </StackItem>
            );
          })}
        </Stack>
      </PageSection>
    </>
  );
}
