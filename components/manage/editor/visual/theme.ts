/** What Perses's editor needs of the theme beyond what drawing needs: drawers and buttons as PatternFly has them. Pure. */
import { createTheme, type Theme } from '@mui/material';

export function editingTheme(theme: Theme): Theme {
  const { palette } = theme;
  // The dark theme of CodeMirror has a colour that is too weak on its own background.
  const code = palette.mode === 'dark' ? { '& .cm-editor, & .cm-gutters': { backgroundColor: '#151515' } } : {};
  return createTheme(theme, {
    components: {
      MuiDrawer: { styleOverrides: { paper: { backgroundColor: palette.background.paper, backgroundImage: 'none', ...code } } },
      MuiButton: { styleOverrides: { containedPrimary: { color: palette.getContrastText(palette.primary.main) } } },
    },
  });
}
