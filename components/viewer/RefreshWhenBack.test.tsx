// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { RefreshWhenBack } from './RefreshWhenBack';

const refresh = vi.fn();
// Perses's package loads charts, which jsdom cannot; what counts here is what is asked of it.
vi.mock('@perses-dev/plugin-system', () => ({ useTimeRange: () => ({ refresh }) }));

beforeEach(() => refresh.mockClear());
afterEach(cleanup);

it('refreshes once when somebody looks again', () => {
  const { rerender } = render(<RefreshWhenBack isVisible refreshes />);
  rerender(<RefreshWhenBack isVisible={false} refreshes />);
  expect(refresh).not.toHaveBeenCalled();
  rerender(<RefreshWhenBack isVisible refreshes />);
  rerender(<RefreshWhenBack isVisible refreshes />);
  expect(refresh).toHaveBeenCalledTimes(1);
});

it('leaves a page alone that does not refresh', () => {
  const { rerender } = render(<RefreshWhenBack isVisible={false} refreshes={false} />);
  rerender(<RefreshWhenBack isVisible refreshes={false} />);
  expect(refresh).not.toHaveBeenCalled();
});
