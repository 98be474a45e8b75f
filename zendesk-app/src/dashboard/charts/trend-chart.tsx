// Draws a figure over time: its line, its interval as a band, its goal, and numbered marks for what happened.
import { layOutLines } from '@deskwright/shared/charts';
import type { Annotation, FigureUnit, Instant, Trend } from '@deskwright/shared/contract';
import { useTheme } from 'styled-components';
import { useTexts } from '../../base/i18n/texts-context.tsx';
import { Row } from '../../base/ui/text.tsx';
import type { Opened } from '../data/address.ts';
import { usePage } from '../data/page-context.tsx';
import { writeValue } from '../format/figure-format.ts';
import { texts } from '../texts.ts';
import { Chart, type Drawing } from './chart.tsx';
import { Key } from './key.tsx';
import { seriesColor } from './palette.ts';

const HEIGHT = 170;

interface TrendChartProps {
  readonly title: string;
  readonly unit: FigureUnit;
  readonly points: Trend['points'];
  readonly goal: number | null;
  /** Writes the hour, day or week of a point. */
  readonly when: (at: Instant) => string;
  /** Numbered in this order. */
  readonly annotations: readonly Annotation[];
  /** What is behind the point of this number. */
  readonly opens: (point: number) => Opened;
}

export function TrendChart({ title, unit, points, goal, when, annotations, opens }: TrendChartProps) {
  const all = useTexts(texts);
  const { t, format } = all;
  const { locale } = usePage();
  const theme = useTheme();
  const hasBusiness = points.some(({ business }) => business !== undefined && business !== null);
  const write = (value: number | null): string => writeValue(all, locale, unit, value);

  function draw(size: { width: number; height: number }): Drawing {
    const frame = { ...size, margin: { top: 14, right: 10, bottom: 20, left: 46 } };
    const timed = points.map(({ at, value, business, interval }) => ({
      at: Date.parse(at),
      value,
      business,
      interval,
    }));
    const series = [
      timed,
      ...(hasBusiness ? [timed.map(({ at, business }) => ({ at, value: business ?? null }))] : []),
    ];
    const layout = layOutLines(series, { unit, frame, goal });
    const { plot, x } = layout;
    const [first = 0, last = 0] = [timed[0]?.at, timed.at(-1)?.at];
    const marks = annotations.flatMap(({ at }, n) => {
      const time = Date.parse(at);
      return time < first || time > last ? [] : [{ x: x(time), number: n + 1 }];
    });
    return {
      plot,
      yTicks: layout.yTicks.map(({ value, at }) => ({ at, label: write(value) })),
      xTicks: layout.xTicks.map(({ value, at }) => ({ at, label: when(new Date(value).toISOString()) })),
      notes: marks.map((mark) => ({ x: mark.x, y: plot.top - 3, text: format.number(mark.number) })),
      shapes: (
        <>
          {marks.map((mark) => (
            <line
              key={mark.number}
              x1={mark.x}
              x2={mark.x}
              y1={plot.top}
              y2={plot.bottom}
              stroke={seriesColor(theme, 'mark')}
              strokeDasharray="2 3"
            />
          ))}
          {layout.goal === null ? null : (
            <line
              x1={plot.left}
              x2={plot.right}
              y1={layout.goal}
              y2={layout.goal}
              stroke={seriesColor(theme, 'goal')}
              strokeDasharray="6 4"
            />
          )}
          {layout.series.map(({ path, band, dots }, n) => {
            const stroke = seriesColor(theme, n === 0 ? 'first' : 'second');
            return (
              <g key={stroke}>
                <path d={band} fill={stroke} opacity={0.18} />
                <path
                  d={path}
                  fill="none"
                  stroke={stroke}
                  strokeWidth={2}
                  strokeDasharray={n === 0 ? undefined : '4 2'}
                />
                {dots.map((dot) => (
                  <circle key={dot.x} cx={dot.x} cy={dot.y} r={3} fill={stroke} />
                ))}
              </g>
            );
          })}
        </>
      ),
      points: points.map(({ at, value, business, n }, point) => ({
        opens: opens(point),
        x: x(Date.parse(at)),
        label: t('trends.point', {
          when: when(at),
          value: business == null ? write(value) : t('trends.both', { value: write(value), business: write(business) }),
          count: n,
        }),
      })),
    };
  }

  return (
    <Chart
      title={title}
      height={HEIGHT}
      draw={draw}
      summary={
        <Row as="span">
          {hasBusiness ? (
            <>
              <span>
                <Key series="first" /> {t('trends.calendar')}
              </span>
              <span>
                <Key series="second" /> {t('trends.business')}
              </span>
            </>
          ) : null}
          {goal === null ? null : (
            <span>
              <Key series="goal" /> {t('trends.goal', { goal: write(goal) })}
            </span>
          )}
        </Row>
      }
      table={{
        head: [t('when'), t('value'), ...(hasBusiness ? [t('trends.business')] : []), t('trends.counted')],
        rows: points.map(({ at, value, business, n }, point) => [
          when(at),
          ...[write(value), ...(hasBusiness ? [write(business ?? null)] : []), format.number(n)].map((text) => ({
            text,
            opens: opens(point),
          })),
        ]),
      }}
    />
  );
}
