// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { deferred } from './deferred';

afterEach(cleanup);

/** As webpack rejects when a chunk answers 404. */
const chunkMissing = () => Object.assign(new Error('Loading chunk 607 failed.'), { name: 'ChunkLoadError' });

const Greeting = ({ name }: { readonly name: string }) => <p>Hello {name}</p>;

describe('a part of the page whose code is fetched when it is shown', () => {
  // React prints what a boundary catches; here that is what the tests provoke.
  const quiet = () => vi.spyOn(console, 'error').mockImplementation(() => undefined);
  afterEach(() => vi.restoreAllMocks());

  it('shows that it loads, then itself', async () => {
    const Part = deferred(() => Promise.resolve({ default: Greeting }));
    render(<Part name="Sam" />);
    expect(screen.getByTestId('part-loading')).toBeTruthy();
    expect(await screen.findByText('Hello Sam')).toBeTruthy();
  });

  it('says that it could not be loaded, leaves the page alone, and is there after trying again', async () => {
    quiet();
    let reachable = false;
    const Part = deferred<{ readonly name: string }>(() => (reachable ? Promise.resolve({ default: Greeting }) : Promise.reject(chunkMissing())));
    render(
      <>
        <p>The host</p>
        <Part name="Sam" />
      </>,
    );
    expect(await screen.findByText('This part of the page could not be loaded')).toBeTruthy();
    expect(screen.getByText('The host')).toBeTruthy();
    await userEvent.click(screen.getByTestId('part-retry'));
    expect(await screen.findByTestId('part-failed')).toBeTruthy();
    reachable = true;
    await userEvent.click(screen.getByTestId('part-retry'));
    expect(await screen.findByText('Hello Sam')).toBeTruthy();
  });

  it('a part that breaks is not taken for one that could not be loaded', async () => {
    quiet();
    const Broken = (): never => {
      throw new Error('undefined is not a function');
    };
    const Part = deferred(() => Promise.resolve({ default: Broken }));
    render(<Part />);
    expect(await screen.findByText('This part of the page does not work')).toBeTruthy();
  });
});
