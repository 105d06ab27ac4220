// @vitest-environment jsdom
import { useRef, useState } from 'react';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { useKeptFocus } from './use-kept-focus';

afterEach(cleanup);

function Page({ hasPanel }: { readonly hasPanel: boolean }) {
  const [isWaiting, setIsWaiting] = useState(true);
  const root = useRef<HTMLDivElement>(null);
  const home = useRef<HTMLHeadingElement>(null);
  useKeptFocus(root, home);
  return (
    <div ref={root}>
      <h1 ref={home} tabIndex={-1}>
        Page
      </h1>
      <section data-testid="panel" {...(hasPanel ? { tabIndex: -1 } : {})}>
        {isWaiting && <button onClick={() => setIsWaiting(false)}>Stop</button>}
      </section>
    </div>
  );
}

it('leaves the focus with the panel whose button went away', async () => {
  render(<Page hasPanel />);
  screen.getByText('Stop').focus();
  fireEvent.click(screen.getByText('Stop'));
  await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('panel')));
});

it('leaves it with the heading where nothing nearer can have it', async () => {
  render(<Page hasPanel={false} />);
  screen.getByText('Stop').focus();
  fireEvent.click(screen.getByText('Stop'));
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('heading')));
});

it('takes it from nobody who has left', async () => {
  render(<Page hasPanel />);
  const button = screen.getByText('Stop');
  button.focus();
  fireEvent.pointerDown(document.body);
  button.blur();
  fireEvent.click(button);
  await waitFor(() => expect(screen.queryByText('Stop')).toBeNull());
  await new Promise((resolve) => setTimeout(resolve));
  expect(document.activeElement).toBe(document.body);
});
