/** PatternFly's look for MUI and ECharts, which draw the inside of a dashboard. Pure: tokens in, themes out. */
import { createTheme, type Theme } from '@mui/material';
import { generateChartsTheme, getTheme, type PersesChartsTheme } from '@perses-dev/components';
import { texts } from '../texts';
import type { Tokens } from './colors';
import { readable } from './contrast';

export function muiTheme(tokens: Tokens): Theme {
  const { fontFamily } = tokens;
  return createTheme(getTheme(tokens.dark ? 'dark' : 'light'), {
    palette: {
      primary: { main: tokens.brand },
      error: { main: tokens.danger },
      warning: { main: tokens.warning },
      success: { main: tokens.success },
      text: { primary: tokens.text, secondary: tokens.textSubtle },
      divider: tokens.border,
      background: { default: tokens.background, paper: tokens.background, tooltip: tokens.backgroundFloating, border: tokens.border },
    },
    shape: { borderRadius: Number.parseInt(tokens.radiusSmall, 10) },
    typography: {
      fontFamily,
      ...Object.fromEntries(variants.map((variant) => [variant, { fontFamily, letterSpacing: 'normal' }])),
      subtitle1: { fontFamily, letterSpacing: 'normal', fontSize: '0.875rem', fontWeight: 500 },
      // Descriptions of panels are read, not glanced at.
      caption: { fontFamily, letterSpacing: 'normal', fontSize: '0.8125rem', lineHeight: 1.5 },
      h2: { fontFamily: tokens.headingFontFamily, fontSize: '1.125rem', fontWeight: 500 },
    },
    components: {
      MuiTypography: {
        // Panel titles stand below the page's h1 and a row's h2; a stat's value is not a heading.
        defaultProps: { variantMapping: { h2: 'h2', subtitle1: 'h3', h3: 'div' } },
      },
      MuiCard: {
        styleOverrides: {
          root: {
            borderRadius: tokens.radius,
            borderColor: tokens.border,
            backgroundColor: tokens.background,
            backgroundImage: 'none',
          },
        },
      },
      MuiCardHeader: {
        styleOverrides: {
          root: {
            // A PatternFly card has no line below its title.
            '&.MuiCardHeader-root': { borderBottom: 0, paddingTop: 8, paddingBottom: 0 },
            // The title of a narrow panel takes two lines rather than lose its unit.
            [`@container ${panelHeader} (width < 280px)`]: {
              '& .MuiStack-root': { height: 40 },
              '& h3': { whiteSpace: 'normal', lineHeight: '18px', maxHeight: 36 },
            },
          },
        },
      },
      // MUI shows the focus by a ripple or a shade alone.
      MuiButtonBase: { styleOverrides: { root: { '&.Mui-focusVisible': { outline: `2px solid ${tokens.brand}`, outlineOffset: -2 } } } },
      // The legend's checkboxes have no name of their own; the series stands beside each in its row.
      MuiCheckbox: { defaultProps: { inputProps: { 'aria-label': texts.panels.showSeries } } },
      MuiAlert: { styleOverrides: { root: { borderRadius: tokens.radiusSmall, margin: 8 }, message: { color: tokens.text } } },
    },
  });
}

/** Perses's name for the container that a panel's header is. */
const panelHeader = 'header-actions-container';

const variants = ['h1', 'h2', 'h3', 'h4', 'body1', 'body2', 'subtitle2', 'button'] as const;

// Without a line height ECharts takes the width of a Chinese character for it, and cuts the labels off where no font has it.
const axis = { axisLabel: { lineHeight: 14, margin: 10, padding: [0, 4] } };

/** @param isStill whether nothing may move by itself: charts then appear as they are, rather than grow */
export function chartsTheme(theme: Theme, tokens: Tokens, isStill: boolean): PersesChartsTheme {
  return generateChartsTheme(theme, {
    echartsTheme: {
      animation: !isStill,
      color: [...tokens.series],
      textStyle: { color: tokens.text, fontFamily: tokens.fontFamily, fontSize: 12 },
      timeAxis: axis,
      categoryAxis: axis,
      valueAxis: axis,
    },
    thresholds: { defaultColor: tokens.series[0] ?? tokens.brand, palette: [tokens.warning, tokens.danger, tokens.danger].map((color) => readable(color, tokens.background)) },
  });
}
