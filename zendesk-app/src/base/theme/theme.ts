// Builds Garden's theme for the agent's colour scheme and direction, and looks up its colours.
import { DEFAULT_THEME, getColor, type IGardenTheme } from '@zendeskgarden/react-theming';
import type { ExecutionContext } from 'styled-components';
import type { ColorScheme } from '../zendesk/host.ts';

/** Builds Garden's theme for the agent's colour scheme and direction. */
export function sidebarTheme(scheme: ColorScheme, direction: 'ltr' | 'rtl'): IGardenTheme {
  return { ...DEFAULT_THEME, rtl: direction === 'rtl', colors: { ...DEFAULT_THEME.colors, base: scheme } };
}

/** A CSS interpolation: `color: ${color('foreground.subtle')}`. The names are Garden's colour variables. */
export function color(variable: string): (context: Pick<ExecutionContext, 'theme'>) => string {
  return ({ theme }) => getColor({ theme, variable });
}
