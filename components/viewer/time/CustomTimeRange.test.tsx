// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import CustomTimeRange, { type CustomTimeRangeProps } from './CustomTimeRange';
import type { TimeZone } from './time-zone';

afterEach(() => {
  cleanup();
  vi.unstubAllEnvs();
});

const initial = { start: new Date('2026-07-01T10:00:00Z'), end: new Date('2026-07-01T11:00:00Z') };

function open() {
  const onApply = vi.fn<CustomTimeRangeProps['onApply']>();
  const zones: TimeZone[] = [];
  function Dialog() {
    const [zone, setZone] = useState<TimeZone>('browser');
    const change = (next: TimeZone) => {
      zones.push(next);
      setZone(next);
    };
    return <CustomTimeRange initial={initial} zone={zone} onZone={change} onApply={onApply} onClose={() => undefined} />;
  }
  render(<Dialog />);
  return { onApply, zones };
}

const field = (label: string): HTMLInputElement => screen.getByLabelText(label);
const apply = (): HTMLButtonElement => screen.getByRole('button', { name: 'Apply' });

it('writes the same instants another way when the time zone is changed', () => {
  vi.stubEnv('TZ', 'Europe/Berlin');
  const { onApply, zones } = open();
  expect(field('From: time').value).toBe('12:00');
  fireEvent.click(screen.getByRole('button', { name: 'UTC' }));
  expect(zones).toEqual(['UTC']);
  expect(field('From: time').value).toBe('10:00');
  fireEvent.click(apply());
  expect(onApply).toHaveBeenCalledWith(initial);
});

it('takes dates and times as typed, in the chosen zone', () => {
  const { onApply } = open();
  fireEvent.click(screen.getByRole('button', { name: 'UTC' }));
  fireEvent.change(field('From: date'), { target: { value: '2026-06-30' } });
  fireEvent.change(field('To: time'), { target: { value: '12:30' } });
  fireEvent.click(apply());
  expect(onApply).toHaveBeenCalledWith({ start: new Date('2026-06-30T10:00:00Z'), end: new Date('2026-07-01T12:30:00Z') });
});

it('says what is missing, or the wrong way round, and applies nothing then', () => {
  const { onApply } = open();
  fireEvent.change(field('To: date'), { target: { value: '2026-06-30' } });
  expect(screen.getByText('"From" must be before "To".')).toBeDefined();
  expect(apply().disabled).toBe(true);
  fireEvent.change(field('To: date'), { target: { value: 'soon' } });
  expect(screen.getByText('Enter both dates with their times.')).toBeDefined();
  expect(onApply).not.toHaveBeenCalled();
});
