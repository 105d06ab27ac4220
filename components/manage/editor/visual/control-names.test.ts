// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { nameControls } from './control-names';

it('names what Perses leaves without a name, and nothing else', () => {
  document.body.innerHTML = `
    <button class="MuiIconButton-root"><svg data-testid="DeleteOutlineIcon"></svg></button>
    <button class="MuiIconButton-root" aria-label="edit panel"><svg data-testid="PencilIcon"></svg></button>
    <label for="width">Line Width</label><span class="MuiSlider-root" id="width"><input type="range"></span>
    <div data-testid="promql_expression_editor"><div class="cm-content"></div></div>
    <div class="cm-content"></div>
    <div class="cm-content" aria-label="Definition"></div>`;
  nameControls(document);
  expect([...document.querySelectorAll('[aria-label]')].map((control) => control.getAttribute('aria-label'))).toEqual(['Delete', 'edit panel', 'Line Width', 'PromQL expression', 'Code', 'Definition']);
});
