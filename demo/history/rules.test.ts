import { expect, test } from 'vitest';
import { withoutNames } from './rules';

test('what a rule with "or" answers under one metric’s name and then another’s is one series, in order', () => {
  expect(
    withoutNames([
      { metric: { __name__: 'drift_ks', feature: 'amount' }, values: [[60, '0.3'], [240, '0.4']] },
      { metric: { __name__: 'drift_psi', feature: 'amount' }, values: [[120, '0.5'], [180, '0.6']] },
      { metric: { __name__: 'drift_ks', feature: 'country' }, values: [[60, '0.7']] },
    ]),
  ).toEqual([
    { metric: { feature: 'amount' }, values: [[60, '0.3'], [120, '0.5'], [180, '0.6'], [240, '0.4']] },
    { metric: { feature: 'country' }, values: [[60, '0.7']] },
  ]);
});
