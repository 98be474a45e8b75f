// Shows arrivals and solves of each hour or day.
import { layOutColumns } from '@deskwright/shared/charts';
import { useTheme } from 'styled-components';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { Row } from '../../base/ui/text.tsx';
import { Chart, type Drawing } from '../charts/chart.tsx';
import { Key } from '../charts/key.tsx';
import { seriesColor } from '../charts/palette.ts';
import type { Opened } from '../data/address.ts';
import { usePage } from '../data/page-context.tsx';
import { figureOf, useDashboard } from '../data/use-dashboard.tsx';
import { isByHour, writeHour } from '../format/labels.ts';
import { Comparison } from '../parts/comparison.tsx';
import { FigureButton } from '../parts/figure-button.tsx';
import { Panel } from '../parts/panel.tsx';
import { texts } from '../texts.ts';

const HEIGHT = 112;
const SERIES = [
  ['arrivals', 'first'],
  ['solves', 'second'],
] as const;

export function Flow() {
  const { t, format } = useTexts(texts);
  const { locale } = usePage();
  const { flow, figures, range, timeZone, asOf } = useDashboard();
  const theme = useTheme();
  // Hours to come have no numbers yet: a zero would be false.
  const past = flow.filter(({ at }) => at <= asOf);
  const byHour = isByHour(range);
  const when = (at: string): string => (byHour ? writeHour(locale, timeZone, at) : format.date(at));

  /** What arrived or was solved in one hour or day. */
  const opens = (n: number, figure: 'arrivals' | 'solves'): Opened => {
    const from = flow[n]?.at ?? range.from;
    return { figure, only: { from, to: flow[n + 1]?.at ?? range.to }, about: when(from) };
  };
  function draw(size: { width: number; height: number }): Drawing {
    const frame = { ...size, margin: { top: 8, right: 2, bottom: 20, left: 30 } };
    const { plot, groups, xTicks, yTicks } = layOutColumns(
      flow.map(({ arrivals, solves }) => [arrivals, solves]),
      { unit: 'count', frame },
    );
    return {
      plot,
      yTicks: yTicks.map(({ value, at }) => ({ at, label: format.number(value) })),
      xTicks: xTicks.map(({ value, at }) => ({ at, label: when(flow[value]?.at ?? '') })),
      shapes: groups.map((bars, group) =>
        bars.map(({ x, y, width, height }, series) => (
          <rect
            key={`${flow[group]?.at} ${SERIES[series]?.[0]}`}
            x={x}
            y={y}
            width={width}
            height={height}
            fill={seriesColor(theme, SERIES[series]?.[1] ?? 'first')}
          />
        )),
      ),
      points: past.map(({ at, arrivals, solves }, n) => ({
        opens: opens(n, 'arrivals'),
        x: ((groups[n]?.[0]?.x ?? 0) + (groups[n]?.[1]?.x ?? 0) + (groups[n]?.[1]?.width ?? 0)) / 2,
        label: t('flow.point', { when: when(at), arrivals: format.number(arrivals), solves: format.number(solves) }),
      })),
    };
  }

  return (
    <Panel title={t('flow.title')} area="flow" aside={t(byHour ? 'flow.by_hour' : 'flow.by_day')}>
      <Chart
        title={t('flow.title')}
        summary={
          <Row as="span">
            {SERIES.map(([id, series]) => {
              const figure = figureOf(figures, id);
              return (
                <span key={id}>
                  <Key series={series} /> {t(`figure.${id}.name`)}{' '}
                  <b>
                    <FigureButton figure={id}>
                      {figure?.value == null ? t('none') : format.number(figure.value)}
                    </FigureButton>
                  </b>{' '}
                  {figure === undefined ? null : <Comparison figure={figure} />}
                </span>
              );
            })}
          </Row>
        }
        height={HEIGHT}
        draw={draw}
        table={{
          head: [t('when'), t('figure.arrivals.name'), t('figure.solves.name')],
          rows: past.map(({ at, arrivals, solves }, n) => [
            when(at),
            { text: format.number(arrivals), opens: opens(n, 'arrivals') },
            { text: format.number(solves), opens: opens(n, 'solves') },
          ]),
        }}
      />
    </Panel>
  );
}
