'use client';

/**
 * The sign-in card. With nothing to say it goes straight to the identity provider, so that a shared link needs no extra
 * click; with a notice it waits for the button.
 */
import { Alert, Bullseye, Button, Content, Flex, Login, LoginFooter, LoginMainBody, LoginMainHeader, Spinner, Stack, StackItem, Title } from '@patternfly/react-core';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { texts } from '../../components/texts';
import type { SignInNotice } from '../../lib/identity/sign-in-notice';
import { beginSignIn } from './begin-sign-in';

interface SignInProps {
  /** Path of the page to return to. */
  readonly returnTo: string;
  readonly providerName: string;
  readonly notice: SignInNotice | undefined;
}

const unreachable: SignInNotice = { variant: 'danger', ...texts.app.unreachable };

export function SignIn({ returnTo, providerName, notice }: SignInProps): ReactElement {
  const [starting, setStarting] = useState(notice === undefined);
  const [shown, setShown] = useState(notice);

  function start(): void {
    beginSignIn(returnTo).then(
      // Replaced, not added: going back from the provider must not start the sign-in again.
      (address) => {
        window.location.replace(address);
      },
      () => {
        setShown(unreachable);
        setStarting(false);
      },
    );
  }

  const begun = useRef(false);
  useEffect(() => {
    // Once: a second start would overwrite the cookies that the first one's answer is checked against.
    if (notice === undefined && !begun.current) {
      begun.current = true;
      start();
    }
  });

  return (
    <Login
      footer={
        <LoginFooter>
          <Content component="p">{texts.app.promise}</Content>
        </LoginFooter>
      }
    >
      <LoginMainHeader>
        <Title headingLevel="h1" size="3xl">
          {texts.common.product}
        </Title>
      </LoginMainHeader>
      <LoginMainBody>
        <Stack hasGutter>
          {shown !== undefined && (
            <StackItem>
              <Alert variant={shown.variant} isInline component="h2" title={shown.title} data-testid="sign-in-notice">
                {shown.text}
              </Alert>
            </StackItem>
          )}
          <StackItem>
            {starting ? (
              <Bullseye>
                <Flex role="status">
                  <Spinner size="md" aria-label={texts.app.signingIn} />
                  {texts.app.goingTo(providerName)}
                </Flex>
              </Bullseye>
            ) : (
              <Button
                variant="primary"
                isBlock
                data-testid="sign-in"
                onClick={() => {
                  setStarting(true);
                  start();
                }}
              >
                {texts.app.signInWith(providerName)}
              </Button>
            )}
          </StackItem>
        </Stack>
      </LoginMainBody>
    </Login>
  );
}
