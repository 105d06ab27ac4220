// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { renderInHost } from '../../testing/render';
import { NoAccessAlert } from './NoAccessAlert';

afterEach(cleanup);

it('names the project in plain words, says what to do, and links the explanation', () => {
  renderInHost(<NoAccessAlert projects={['fraud-detection']} />);
  const alert = screen.getByTestId('no-access-alert');
  expect(alert.textContent).toContain('You do not have access to the project fraud-detection');
  expect(alert.textContent).toContain('ask the owner of the project for access');
  expect(screen.getByRole('link').getAttribute('href')).toBe('/observability/help#ERR_ACCESS_002');
});

it('names every project when there are several', () => {
  renderInHost(<NoAccessAlert projects={['a', 'b']} />);
  expect(screen.getByTestId('no-access-alert').textContent).toContain('the projects a, b');
});

it('says nothing when there is nothing to say', () => {
  renderInHost(<NoAccessAlert projects={[]} />);
  expect(screen.queryByTestId('no-access-alert')).toBeNull();
});
