// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { errorCatalogue } from '../../lib/contracts/errors';
import { ApiError } from '../api/api-error';
import { renderInHost, serveApi } from '../testing/render';
import { ErrorState } from './ErrorState';

serveApi();

it('says what happened and what to do when it comes, once, and leaves the buttons to those who look for them', () => {
  renderInHost(<ErrorState error={new ApiError('ERR_DATA_001')} onRetry={() => undefined} />);
  const alerts = screen.getAllByRole('alert');
  expect(alerts).toHaveLength(1);
  const { message, remedy } = errorCatalogue.ERR_DATA_001;
  expect(alerts[0]?.textContent).toBe(message + remedy);
});
