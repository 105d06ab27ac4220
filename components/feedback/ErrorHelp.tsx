/** The whole error catalogue, each code with its anchor: where the help links of messages lead. */
import { Content, List, ListItem, ListVariant, PageSection, Stack, StackItem, Title } from '@patternfly/react-core';
import { errorCatalogue, errorCodes } from '../../lib/contracts/errors';

export function ErrorHelp() {
  return (
    <>
      <PageSection>
        <Title headingLevel="h1">Messages and what to do</Title>
        <Content component="p">Each message of this app has a code. Name it when you ask for help.</Content>
        <nav aria-label="Codes">
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
            const { title, message, remedy } = errorCatalogue[code];
            return (
              <StackItem key={code}>
                <section id={code} aria-labelledby={`${code}-title`} data-testid="help-entry">
                  <Title headingLevel="h2" size="lg" id={`${code}-title`}>
                    {title} ({code})
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
