// Looks up a colour of Garden's theme, light or dark.
import { getColor } from '@zendeskgarden/react-theming';
import type { ExecutionContext } from 'styled-components';

/** A CSS interpolation: `color: ${color('foreground.subtle')}`. The names are Garden's colour variables. */
export function color(variable: string): (context: Pick<ExecutionContext, 'theme'>) => string {
  return ({ theme }) => getColor({ theme, variable });
}
