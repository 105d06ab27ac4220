// Stands in for MUI's, where Perses takes it from MUI's index; see federation/smaller.mjs.
import type { DialogProps } from '@mui/material';
import { whenOpen } from './when-open';

export default whenOpen<DialogProps>(() => import('@mui/material/Dialog'));
