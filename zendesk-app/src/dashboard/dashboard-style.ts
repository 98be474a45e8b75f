// Sets what the dashboard adds to the styles of the page.
import { createGlobalStyle } from 'styled-components';
import { color } from '../base/theme/color.ts';

export const DashboardStyle = createGlobalStyle<object>`
  body { background: ${color('background.recessed')}; }
  /* SVG knows no logical start: bars without text are turned. */
  [dir='rtl'] .mirrored { transform: scaleX(-1); }
`;
