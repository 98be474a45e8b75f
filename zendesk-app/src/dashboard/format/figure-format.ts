// Writes figures in the reader's language.
import type { FigureUnit, FigureValue } from '@deskwright/shared/contract';
import type { AgentLocale } from '../../base/i18n/locales.ts';
import type { DashboardTexts } from '../texts.ts';

const MINUTE_S = 60;
/** Below this share, one decimal is written. */
const WHOLE_FROM = 0.1;

/** Writes a value with its unit: `2d 4h`, `87%`, `4.6`. Null is a dash, because a zero would be false. */
export function writeValue(texts: DashboardTexts, locale: AgentLocale, unit: FigureUnit, value: number | null): string {
  const { t, format } = texts;
  if (value === null) return t('none');
  switch (unit) {
    case 'duration':
      return value > 0 && value < MINUTE_S
        ? t('below', { value: format.duration(MINUTE_S * 1000) })
        : format.duration(Math.max(0, value) * 1000);
    case 'share':
      return writeShare(locale, value);
    case 'count':
      return format.number(Math.round(value));
    case 'score':
      return new Intl.NumberFormat(locale.numbers, { minimumFractionDigits: 1, maximumFractionDigits: 2 }).format(
        value,
      );
    case 'days':
      return format.unit(value < 10 ? Math.round(value * 10) / 10 : Math.round(value), 'day');
  }
}

/** @param share from 0 to 1 */
export function writeShare(locale: AgentLocale, share: number): string {
  const maximumFractionDigits = share > 0 && share < WHOLE_FROM ? 1 : 0;
  return new Intl.NumberFormat(locale.numbers, { style: 'percent', maximumFractionDigits }).format(share);
}

/** `+12%`. @param trend 0.12: an eighth more */
export function writeTrend(locale: AgentLocale, trend: number): string {
  const options = { style: 'percent', maximumFractionDigits: 0, signDisplay: 'exceptZero' } as const;
  return new Intl.NumberFormat(locale.numbers, options).format(trend);
}

/** What a reader must know beside a number, in words. */
export function marksOf({ t, format }: DashboardTexts, figure: FigureValue): string[] {
  return [
    ...(figure.n > 0 && figure.tooFew ? [t('mark.too_few', { count: figure.n })] : []),
    ...(figure.isApproximate ? [t('mark.approximate')] : []),
    ...(figure.fromZendesk ? [t('mark.from_zendesk', { n: format.number(figure.fromZendesk) })] : []),
  ];
}
