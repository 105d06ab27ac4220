// Stands in for MUI's, where Perses takes it from MUI's index; see federation/smaller.mjs.
import type { PopoverProps } from '@mui/material';
import { whenOpen } from './when-open';

export default whenOpen<PopoverProps>(() => import('@mui/material/Popover'));
