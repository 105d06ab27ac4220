import { expect, it } from 'vitest';
import { ageText, agoText } from './age';

it.each([
  [-5, '0 sec'],
  [59_999, '59 sec'],
  [180_000, '3 min'],
  [7_300_000, '2 hr'],
  [86_400_000, '1 day'],
  [200_000_000, '2 days'],
])('%s ms is %s', (span, text) => expect(ageText(span)).toBe(text));

it('says how long ago something was', () => expect(agoText(3 * 3_600_000 + 5)).toBe('3 hours ago'));
