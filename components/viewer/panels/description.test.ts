import { expect, it } from 'vitest';
import { descriptionPoints } from './description';

it('takes a description apart by its terms', () => {
  expect(descriptionPoints('What: busy time.\nHealthy: above 80 %.\nUsual cause of a low value: a slow loader: see its queue.\nNext step: look at it.')).toEqual([
    { term: 'What', text: 'busy time.' },
    { term: 'Healthy', text: 'above 80 %.' },
    { term: 'Usual cause of a low value', text: 'a slow loader: see its queue.' },
    { term: 'Next step', text: 'look at it.' },
  ]);
});

it('keeps what follows no pattern', () => {
  expect(descriptionPoints('Free words.\nMore of them.\nHealthy: always.\nYes.')).toEqual([
    { term: 'What', text: 'Free words. More of them.' },
    { term: 'Healthy', text: 'always. Yes.' },
  ]);
});
