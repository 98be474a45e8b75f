// Builds Garden's theme for the agent's colour scheme and direction.
import { DEFAULT_THEME, type IGardenTheme } from '@zendeskgarden/react-theming';
import type { ColorScheme } from '../zendesk/host.ts';

export function sidebarTheme(scheme: ColorScheme, direction: 'ltr' | 'rtl'): IGardenTheme {
  return { ...DEFAULT_THEME, rtl: direction === 'rtl', colors: { ...DEFAULT_THEME.colors, base: scheme } };
}
