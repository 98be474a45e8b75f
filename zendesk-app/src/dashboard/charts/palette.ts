// Chooses the colours of charts from Garden's palette, light and dark.
import { getColor, type IGardenTheme } from '@zendeskgarden/react-theming';

/** Each has a contrast of at least 3:1 with the background of a panel (WCAG 1.4.11), and differs from the others in lightness too. */
const SERIES = {
  first: { hue: 'azure', light: { shade: 700 }, dark: { shade: 600 } },
  second: { hue: 'teal', light: { shade: 500 }, dark: { shade: 400 } },
  goal: { hue: 'crimson', light: { shade: 700 }, dark: { shade: 500 } },
  mark: { hue: 'grey', light: { shade: 700 }, dark: { shade: 500 } },
} as const;

export type SeriesName = keyof typeof SERIES;

export function seriesColor(theme: IGardenTheme, name: SeriesName): string {
  return getColor({ theme, ...SERIES[name] });
}
