// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import KioskBar from './KioskBar';

afterEach(cleanup);

it('says what is shown and of when, and is left by Escape or by its button', () => {
  const onLeave = vi.fn();
  render(<KioskBar title="Model training" timeRange="Last 1 hour" zone="UTC" onLeave={onLeave} />);
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Model training');
  expect(screen.getByTestId('kiosk-bar').textContent).toMatch(/Last 1 hour · \d+:\d\d/);
  fireEvent.keyDown(document.body, { key: 'Escape' });
  fireEvent.keyDown(document.body, { key: 'a' });
  expect(onLeave).toHaveBeenCalledTimes(1);
  fireEvent.click(screen.getByTestId('kiosk-leave'));
  expect(onLeave).toHaveBeenCalledTimes(2);
});
