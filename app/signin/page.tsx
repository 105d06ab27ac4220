/** The sign-in page. */
import type { Metadata } from 'next';
import type { ReactElement } from 'react';
import { texts } from '../../components/texts';
import { callbackPath } from '../../lib/identity/callback-path';
import { signInNotice } from '../../lib/identity/sign-in-notice';
import { getRuntime } from '../../lib/runtime';
import { SignIn } from './sign-in';

export const metadata: Metadata = { title: texts.app.signIn };

interface PageProps {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SignInPage({ searchParams }: PageProps): Promise<ReactElement> {
  const query = await searchParams;
  const { publicUrl, identity } = getRuntime().config;
  return <SignIn returnTo={callbackPath(query.callbackUrl, publicUrl)} providerName={identity.providerName} notice={signInNotice(query, identity.providerName)} />;
}
