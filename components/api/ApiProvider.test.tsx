// @vitest-environment jsdom
import { useQuery } from '@tanstack/react-query';
import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { DashboardCatalog } from '../catalog/DashboardCatalog';
import { answersDashboards, answersMe, refuses, renderInHost, scientist, serveApi } from '../testing/render';

const server = serveApi();

const address = '/observability/dashboards/platform/training?start=6h&var-job=a&var-job=b';

function Panel({ status }: { readonly status: number }) {
  // What Perses's client throws (`UserFriendlyError`): a sentence and the HTTP status, no code.
  useQuery({ queryKey: ['panel'], queryFn: () => Promise.reject(Object.assign(new Error('refused'), { status })) });
  return <p>panel</p>;
}

it('asks to sign in when a call of ours finds the session ended, and keeps the whole address for afterwards', async () => {
  server.use(refuses('/api/me', 'ERR_AUTH_001'), answersDashboards());
  renderInHost(<DashboardCatalog />, address);
  expect((await screen.findByTestId('session-expired')).textContent).toContain('Your session has ended');
  expect(screen.getByTestId('sign-in-again').getAttribute('href')).toBe(`/signin?callbackUrl=${encodeURIComponent(address)}`);
});

it('asks to sign in when a panel finds the session ended', async () => {
  renderInHost(<Panel status={401} />, address);
  expect(await screen.findByTestId('session-expired')).toBeDefined();
  expect(screen.getByText('panel')).toBeDefined();
});

it('does not ask to sign in for any other failure', async () => {
  server.use(answersMe(scientist), refuses('/api/v1/dashboards', 'ERR_ACCESS_002'));
  renderInHost(
    <>
      <Panel status={403} />
      <DashboardCatalog />
    </>,
  );
  await screen.findByTestId('error-state');
  expect(screen.queryByTestId('session-expired')).toBeNull();
});
