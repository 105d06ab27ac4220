import { expect, it } from 'vitest';
import type { Annotation } from './annotations';
import { grouped } from './markers';

const annotation = (kind: Annotation['kind']): Annotation => ({ kind, what: kind, where: 'here', start: 1, end: undefined });
const chart = { top: 8, height: 100 };

it('puts markers that would cover each other into one, which says that an alert is among them', () => {
  const placed = [
    { annotation: annotation('alert'), x: 110 },
    { annotation: annotation('deployment'), x: 100 },
    { annotation: annotation('deployment'), x: 130 },
  ];
  expect(grouped(placed, chart).map(({ x, kind, annotations }) => [x, kind, annotations.length])).toEqual([
    [100, 'alert', 2],
    [130, 'deployment', 1],
  ]);
});
