// @vitest-environment jsdom
import { act, renderHook } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { useReducedMotion } from './use-reduced-motion';

afterEach(() => vi.unstubAllGlobals());

it('follows what the person asks of their system, also while the page is open', () => {
  const list = Object.assign(new EventTarget(), { matches: false });
  vi.stubGlobal('matchMedia', (query: string) => (query === '(prefers-reduced-motion: reduce)' ? list : undefined));
  const { result } = renderHook(() => useReducedMotion());
  expect(result.current).toBe(false);
  list.matches = true;
  act(() => void list.dispatchEvent(new Event('change')));
  expect(result.current).toBe(true);
});
