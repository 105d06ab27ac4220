/** Short addresses that somebody has written with intent. */
import { expect, signIn, test } from './support/fixtures';

test('a value made to break out of a query stays a value', async ({ page }) => {
  const hostile = 'x"} or odh_training_loss{job_name=~".+';
  await signIn(page, 'scientist', `/observability/training?job=${encodeURIComponent(hostile)}`);
  await expect(page.getByTestId('variable-job')).toHaveText(hostile);
  expect(new URL(page.url()).searchParams.getAll('var-job')).toEqual([hostile]);
});
