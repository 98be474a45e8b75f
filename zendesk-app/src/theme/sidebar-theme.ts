// How does Garden look in this agent's Zendesk?
import { DEFAULT_THEME, type IGardenTheme } from '@zendeskgarden/react-theming';
import type { ColorScheme } from '../zaf/host.ts';

export function sidebarTheme(scheme: ColorScheme, direction: 'ltr' | 'rtl'): IGardenTheme {
  return { ...DEFAULT_THEME, rtl: direction === 'rtl', colors: { ...DEFAULT_THEME.colors, base: scheme } };
}
