/**
 * Names for the controls of Perses's editor that have none for assistive technology: buttons that are an icon, sliders,
 * and editors of code. Perses has no way to pass names in, so they are given to what is on the page.
 */
import { useEffect } from 'react';
import { manageVisual } from '../../../texts/manage-visual';

const { icons, controls } = manageVisual;

const unnamed = ['.MuiIconButton-root', '.MuiSlider-root input', '.cm-content'].map((selector) => `${selector}:not([aria-label]):not([title])`).join(', ');

export function nameControls(page: ParentNode): void {
  for (const control of page.querySelectorAll(unnamed)) {
    const name = nameOf(control);
    if (name !== undefined) control.setAttribute('aria-label', name);
  }
}

function nameOf(control: Element): string | undefined {
  if (control.matches('.cm-content')) return control.closest('[data-testid="promql_expression_editor"]') === null ? controls.code : controls.query;
  const slider = control.closest('.MuiSlider-root');
  // What Perses shows beside a slider is a label of nothing that can be labelled.
  if (slider !== null) return slider.ownerDocument.querySelector(`label[for="${slider.id}"]`)?.textContent ?? controls.slider;
  return icons[control.querySelector('svg')?.dataset['testid'] ?? ''];
}

/** Names them for as long as the component is shown; its drawers are elsewhere on the page. */
export function useControlNames(): void {
  useEffect(() => {
    nameControls(document);
    const observer = new MutationObserver(() => nameControls(document));
    observer.observe(document.body, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, []);
}
