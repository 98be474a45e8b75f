// Describes in words when the backlog will be clear.
import type { Forecast } from '@deskwright/shared/contract';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { usePage } from '../data/page-context.tsx';
import { useDashboard } from '../data/use-dashboard.tsx';
import { FigureButton } from '../parts/figure-button.tsx';
import { MediumNumber, Small } from '../parts/number.tsx';
import { Nothing, Panel } from '../parts/panel.tsx';
import { Sentence } from '../parts/sentence.tsx';
import { type DashboardTexts, texts } from '../texts.ts';

const DAY_MS = 86_400_000;

export function ForecastPanel() {
  const all = useTexts(texts);
  const { t, format } = all;
  const { forecast, asOf } = useDashboard();
  const { locale } = usePage();
  /** The days that the means are of. */
  const sampled = {
    from: new Date(Date.parse(asOf) - Math.max(1, forecast?.from ?? 1) * DAY_MS).toISOString(),
    to: asOf,
  };
  const rate = (perDay: number): string =>
    new Intl.NumberFormat(locale.numbers, { maximumFractionDigits: perDay < 10 ? 1 : 0 }).format(perDay);
  return (
    <Panel title={t('forecast.title')} area="forecast">
      {forecast === null ? (
        <Nothing>{t('forecast.none')}</Nothing>
      ) : (
        <>
          <MediumNumber>
            <FigureButton figure="days_to_clear">{headline(all, forecast)}</FigureButton>
          </MediumNumber>
          <Small>
            <FigureButton figure="days_to_clear" quiet>
              {detail(all, forecast, Date.parse(asOf))}
            </FigureButton>
          </Small>
          <Small>
            <Sentence
              write={(places) => t('forecast.basis', { ...places, count: forecast.from })}
              numbers={{
                open: <FigureButton figure="open_tickets">{format.number(forecast.open)}</FigureButton>,
                arrivals: (
                  <FigureButton figure="arrivals" only={sampled}>
                    {rate(forecast.arrivalsPerDay)}
                  </FigureButton>
                ),
                solves: (
                  <FigureButton figure="solves" only={sampled}>
                    {rate(forecast.solvesPerDay)}
                  </FigureButton>
                ),
              }}
            />
          </Small>
        </>
      )}
    </Panel>
  );
}

function headline({ t }: DashboardTexts, { open, days }: Forecast): string {
  if (open === 0) return t('forecast.clear');
  return days === null ? t('forecast.never') : t('forecast.in', { count: Math.max(1, Math.round(days)) });
}

function detail({ t, format }: DashboardTexts, { open, days, interval }: Forecast, now: number): string {
  if (open === 0) return t('forecast.clear_detail');
  const on = (inDays: number): string => format.date(new Date(now + inDays * DAY_MS).toISOString());
  if (days === null) {
    return interval === null ? t('forecast.grows') : t('forecast.perhaps', { from: on(interval[0]) });
  }
  if (interval === null) return t('forecast.on', { date: on(days) });
  const [low, high] = interval;
  return high === null
    ? t('forecast.open_end', { date: on(days), from: on(low) })
    : t('forecast.between', { date: on(days), from: on(low), to: on(high) });
}
