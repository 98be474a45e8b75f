// Shows who waits now: how many, since when, at which tier, and how long.
import { layOutColumns } from '@deskwright/shared/charts';
import type { AgeBand } from '@deskwright/shared/contract';
import styled, { useTheme } from 'styled-components';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { Chart, type Drawing } from '../charts/chart.tsx';
import { seriesColor } from '../charts/palette.ts';
import type { Opened } from '../data/address.ts';
import { useNow } from '../data/page-context.tsx';
import { useDashboard } from '../data/use-dashboard.tsx';
import { FigureButton } from '../parts/figure-button.tsx';
import { BigNumber, FigureTable, Small } from '../parts/number.tsx';
import { Panel } from '../parts/panel.tsx';
import { type DashboardTexts, texts } from '../texts.ts';

/** More do not fit the first screen; the queues list all. */
const MOST_TIERS = 4;

const Halves = styled.div`
  display: grid;
  grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
  gap: 12px;
`;

export function Waiting() {
  const { t, format } = useTexts(texts);
  const { waiting } = useDashboard();
  const now = useNow();
  const unassigned = t('waiting.unassigned', { count: waiting.unassigned });
  const tiers = waiting.byTier.map((tier) => (tier.id === '' ? { ...tier, name: t('no_tier') } : tier));
  const age = (since: string): string => format.duration(Math.max(0, now - Date.parse(since)));
  return (
    <Panel title={t('waiting.title')} area="waiting">
      <Halves>
        <div>
          <BigNumber>
            <FigureButton figure="waiting">{format.number(waiting.n)}</FigureButton>
          </BigNumber>
          <Small>
            {waiting.oldest === null ? (
              t('waiting.nobody')
            ) : (
              <>
                {t('waiting.oldest')} <FigureButton figure="oldest_wait">{age(waiting.oldest.since)}</FigureButton>
              </>
            )}
          </Small>
          <Small>
            <FigureButton figure="open_tickets">{t('waiting.open', { count: waiting.open })}</FigureButton>
          </Small>
          <Small>
            <FigureButton figure="waiting" only={{ unassigned: '1' }} about={unassigned}>
              {unassigned}
            </FigureButton>
          </Small>
        </div>
        <FigureTable aria-label={t('waiting.by_tier')}>
          <tbody>
            {tiers.slice(0, MOST_TIERS).map(({ id, name, n, oldest }) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                <td className="end">
                  <FigureButton figure="waiting" only={{ tier: id }} about={name}>
                    {format.number(n)}
                  </FigureButton>
                </td>
                <td className="end">
                  <FigureButton figure="oldest_wait" only={{ tier: id }} about={name} quiet>
                    {oldest === null ? t('none') : age(oldest)}
                  </FigureButton>
                </td>
              </tr>
            ))}
          </tbody>
        </FigureTable>
      </Halves>
      <Ages ages={waiting.ages} />
    </Panel>
  );
}

const HEIGHT = 72;

function Ages({ ages }: { readonly ages: readonly AgeBand[] }) {
  const all = useTexts(texts);
  const { t, format } = all;
  const theme = useTheme();
  const fill = seriesColor(theme, 'first');

  const opens = (band: AgeBand): Opened => ({
    figure: 'waiting',
    only: { waited: `${band.from}..${band.to ?? ''}` },
    about: bandName(all, band),
  });
  function draw(size: { width: number; height: number }): Drawing {
    const frame = { ...size, margin: { top: 16, right: 0, bottom: 18, left: 0 } };
    const { plot, groups } = layOutColumns(
      ages.map(({ n }) => [n]),
      { unit: 'count', frame },
    );
    const bars = groups.flat();
    const middle = (n: number): number => (bars[n]?.x ?? 0) + (bars[n]?.width ?? 0) / 2;
    return {
      plot,
      yTicks: [],
      xTicks: ages.map((band, n) => ({ at: middle(n), label: bandName(all, band) })),
      notes: ages.map(({ n }, at) => ({ x: middle(at), y: (bars[at]?.y ?? 0) - 4, text: format.number(n) })),
      shapes: bars.map(({ x, y, width, height }) => (
        <rect key={x} x={x} y={y} width={width} height={height} rx={2} fill={fill} />
      )),
      points: ages.map((band, n) => ({
        x: middle(n),
        label: t('waiting.band', { band: bandName(all, band), count: band.n }),
        opens: opens(band),
      })),
    };
  }

  return (
    <Chart
      title={t('waiting.ages')}
      summary={t('waiting.ages')}
      height={HEIGHT}
      draw={draw}
      table={{
        head: [t('waiting.age'), t('tickets')],
        rows: ages.map((band) => [bandName(all, band), { text: format.number(band.n), opens: opens(band) }]),
      }}
    />
  );
}

const DAY_H = 24;

/** `1–4h`, `4h–1d`, `1–3d`, `over 3d`. */
function bandName({ t, format }: DashboardTexts, { from, to }: AgeBand): string {
  // Shorter than other durations, because seven names stand side by side.
  function written(hours: number): string {
    if (hours % DAY_H === 0) return t('waiting.days', { n: format.number(hours / DAY_H) });
    return hours < DAY_H && Number.isInteger(hours)
      ? t('waiting.hours', { n: format.number(hours) })
      : format.duration(hours * 3_600_000);
  }
  if (to === null) return t('waiting.over', { age: written(from) });
  return from === 0
    ? t('waiting.under', { age: written(to) })
    : t('waiting.between', {
        from: to < DAY_H ? format.number(from) : from < DAY_H ? written(from) : format.number(from / DAY_H),
        to: written(to),
      });
}
