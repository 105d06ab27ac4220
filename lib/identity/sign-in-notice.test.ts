import { describe, expect, it } from 'vitest';
import { signInNotice } from './sign-in-notice';

describe('the notice on the sign-in page', () => {
  it('is absent for a plain visit, which signs in by itself', () => {
    expect(signInNotice({ callbackUrl: '/observability' }, 'OpenShift')).toBeUndefined();
  });

  it('tells apart a session that ended everywhere and one that ended only here', () => {
    expect(signInNotice({ signedOut: '1' }, 'OpenShift')).toMatchObject({ variant: 'success', text: 'Your session here and at OpenShift has ended.' });
    expect(signInNotice({ signedOut: 'here' }, 'OpenShift')).toMatchObject({ variant: 'info' });
  });

  it('says that the provider cannot be reached', () => {
    expect(signInNotice({ error: 'OAuthSignin' }, 'OpenShift')).toMatchObject({ variant: 'danger', title: 'The sign-in service cannot be reached' });
  });

  it.each([[''], ['<script>'], ['__proto__'], [['OAuthSignin', 'x']]])('never repeats what the address says: %j', (error) => {
    expect(signInNotice({ error }, 'OpenShift')).toEqual(signInNotice({ error: 'unknown' }, 'OpenShift'));
  });
});
