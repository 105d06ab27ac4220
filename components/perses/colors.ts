/**
 * PatternFly's design tokens as concrete values, for what cannot read CSS variables: MUI computes shades, ECharts paints
 * on a canvas. Read from the page, so that a host's theme and its dark mode count.
 */

export interface Tokens {
  readonly dark: boolean;
  readonly text: string;
  readonly textSubtle: string;
  readonly background: string;
  readonly backgroundFloating: string;
  readonly border: string;
  readonly brand: string;
  readonly danger: string;
  readonly warning: string;
  readonly success: string;
  readonly fontFamily: string;
  readonly headingFontFamily: string;
  readonly radius: string;
  readonly radiusSmall: string;
  /** Series colours in order, each at least 3:1 against the background and told apart by people with colour blindness. */
  readonly series: readonly string[];
}

export const darkClass = 'pf-v6-theme-dark';

// PatternFly's chart palette (https://www.patternfly.org/charts/colors-for-charts); base.css does not hold its variables.
const lightSeries = ['#0066cc', '#ca6c0f', '#147878', '#5e40be', '#b1380b', '#3d7317', '#96640f', '#4394e5', '#876fd4', '#204d00'];
const darkSeries = ['#4394e5', '#f5921b', '#63bdbd', '#b6a6e9', '#f4784a', '#87bb62', '#ffcc17', '#92c5f9', '#9ad8d8', '#f8ae54'];

/** Tokens in force on the page. The second argument of each look-up is the value of PatternFly's light theme. */
export function readTokens(root: HTMLElement, dark: boolean): Tokens {
  const styles = getComputedStyle(root);
  const token = (name: string, light: string): string => {
    const value = styles.getPropertyValue(`--pf-t--global--${name}`).trim();
    return value === '' ? light : value;
  };
  return {
    dark,
    text: token('text--color--regular', '#151515'),
    textSubtle: token('text--color--subtle', '#4d4d4d'),
    background: token('background--color--primary--default', '#ffffff'),
    backgroundFloating: token('background--color--floating--default', '#ffffff'),
    border: token('border--color--default', '#c7c7c7'),
    brand: token('color--brand--default', '#0066cc'),
    danger: token('color--status--danger--default', '#b1380b'),
    warning: token('color--status--warning--default', '#dca614'),
    success: token('color--status--success--default', '#3d7317'),
    fontFamily: token('font--family--body', '"Red Hat Text", "RedHatText", Helvetica, Arial, sans-serif'),
    headingFontFamily: token('font--family--heading', '"Red Hat Display", "RedHatDisplay", Helvetica, Arial, sans-serif'),
    radius: token('border--radius--medium', '16px'),
    radiusSmall: token('border--radius--small', '6px'),
    series: dark ? darkSeries : lightSeries,
  };
}
