// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LoadingStatus } from './LoadingStatus';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const wait = (milliseconds: number): void =>
  act(() => {
    vi.advanceTimersByTime(milliseconds);
  });
const said = () => screen.getByRole('status').textContent;

it('says what loads after the region is there, and says nothing of what loads at once', () => {
  const { unmount } = render(<LoadingStatus text="Loading the list" />);
  expect(said()).toBe('');
  wait(400);
  expect(said()).toBe('');
  unmount();
  render(<LoadingStatus text="Loading the list" />);
  wait(500);
  expect(said()).toBe('Loading the list');
});

it('says once what loads in steps, and again when it loads another time', () => {
  const { unmount } = render(<LoadingStatus text="Loading the dashboard" />);
  wait(2000);
  expect(said()).toBe('Loading the dashboard');
  unmount();
  const { unmount: leave } = render(<LoadingStatus text="Loading the dashboard" />);
  wait(2000);
  expect(said()).toBe('');
  leave();
  wait(60_000);
  render(<LoadingStatus text="Loading the dashboard" />);
  wait(500);
  expect(said()).toBe('Loading the dashboard');
});
