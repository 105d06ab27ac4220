// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { useEffect } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { usePanelsView } from '../panels/panels-view';
import { PrintView } from './PrintView';

let settle: (id: string) => void = () => undefined;

/** Reports as panels do. */
function Panel({ id }: { readonly id: string }) {
  const { onSettled, isInteractive } = usePanelsView();
  useEffect(() => {
    onSettled?.(id, false);
    settle = (settled) => onSettled?.(settled, true);
  }, [onSettled, id]);
  return <p>{isInteractive ? 'to be worked with' : 'to be read'}</p>;
}

const print = vi.fn();
beforeEach(() => {
  print.mockClear();
  window.print = print;
  Object.defineProperty(document, 'fonts', { configurable: true, value: { ready: Promise.resolve() } });
  document.documentElement.classList.add('pf-v6-theme-dark');
});
afterEach(cleanup);

const view = (onClose: () => void) => (
  <PrintView title="Model training" facts={[['Project', 'llm-research']]} compare={undefined} onClose={onClose}>
    <Panel id="a" />
    <Panel id="b" />
  </PrintView>
);

it('prints once all panels have what they show, in light colours, and says how far it is', async () => {
  const onClose = vi.fn();
  const { unmount } = render(view(onClose));
  expect(screen.getByTestId('print-progress').textContent).toContain('0 of 2');
  act(() => settle('a'));
  expect(screen.getByTestId('print-progress').textContent).toContain('1 of 2');
  expect(print).not.toHaveBeenCalled();
  act(() => settle('b'));
  await waitFor(() => expect(print).toHaveBeenCalledTimes(1));
  expect(screen.queryByTestId('print-progress')).toBeNull();
  expect(document.documentElement.classList.contains('pf-v6-theme-dark')).toBe(false);
  expect(screen.getByTestId('print-view').textContent).toContain('Model training');
  expect(screen.getByTestId('print-view').textContent).toContain('Projectllm-research');
  expect(screen.getAllByText('to be read')).toHaveLength(2);

  window.dispatchEvent(new Event('afterprint'));
  expect(onClose).toHaveBeenCalledTimes(1);
  unmount();
  expect(document.documentElement.classList.contains('pf-v6-theme-dark')).toBe(true);
});

it('can be given up while panels load', () => {
  const onClose = vi.fn();
  render(view(onClose));
  fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(onClose).toHaveBeenCalledTimes(1);
  expect(print).not.toHaveBeenCalled();
});
