import { UNIT_CONFIG } from '@perses-dev/core';
import { expect, it } from 'vitest';
import { units } from './units';

it('the units are those of the installed Perses', () => {
  expect([...units].sort()).toEqual(Object.keys(UNIT_CONFIG).sort());
});
