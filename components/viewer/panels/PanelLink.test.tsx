// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { renderInHost } from '../../testing/render';
import { PanelLink } from './PanelLink';

vi.mock('@perses-dev/plugin-system', () => ({ useReplaceVariablesInString: (text?: string) => text?.replaceAll('$target', 'javascript:alert(1)').replaceAll('$project', 'fraud-detection') }));
afterEach(cleanup);

it.each([
  ['/observability/dashboards/platform/serving?var-namespace=$project', '/observability/dashboards/platform/serving?var-namespace=fraud-detection'],
  ['https://docs.example/gpu', 'https://docs.example/gpu'],
])('leads to %s', (url, address) => {
  renderInHost(<PanelLink link={{ url, name: 'Next' }} />);
  expect(screen.getByRole('link', { name: 'Next' }).getAttribute('href')).toBe(address);
});

it.each(['javascript:alert(1)', '$target', ' java\tscript:alert(1)', 'data:text/html,<script>alert(1)</script>', 'vbscript:x', 'blob:x'])('does not lead to %s', (url) => {
  renderInHost(<PanelLink link={{ url, name: 'Next' }} />);
  expect(screen.queryByRole('link')).toBeNull();
});
