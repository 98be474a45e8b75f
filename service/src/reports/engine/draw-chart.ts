// Draws a chart of a report as SVG.
import { type Frame, layOutColumns, layOutRows } from '@deskwright/shared/charts';
import { encode } from 'html-entities';
import type { ReportChart } from './report.ts';
import { writeValue } from './words.ts';

const WIDTH = 600;
const COLUMNS: Frame = { width: WIDTH, height: 200, margin: { top: 24, right: 8, bottom: 24, left: 48 } };
const ROW_HEIGHT = 26;
/** For the labels of horizontal bars, and for the values behind them. */
const LABEL_WIDTH = 170;
const VALUE_WIDTH = 70;
const LONGEST_LABEL = 22;
/** Of the widest usual font at this size. */
const LETTER_WIDTH = 7.5;

/**
 * An `svg` element for HTML: no scripts, no styles of its own, nothing from outside. Classes (`s0`, `s1`, `ink`, `rule`) let the page recolour it
 * in dark mode; where styles are dropped, the attributes hold.
 */
export function drawChart(chart: ReportChart): string {
  return chart.type === 'bars' ? drawBars(chart) : drawColumns(chart);
}

function drawBars({ title, unit, labels, series }: ReportChart): string {
  const values = series[0]?.values ?? [];
  const height = values.length * ROW_HEIGHT + 4;
  const bars = layOutRows(values, {
    width: WIDTH,
    height,
    margin: { top: 2, bottom: 2, left: LABEL_WIDTH, right: VALUE_WIDTH },
  });
  const rows = bars.map((bar, n) => {
    const middle = bar.y + bar.height / 2 + 4;
    return [
      text(LABEL_WIDTH - 8, middle, shortened(labels[n] ?? ''), 'end'),
      rect(bar, 0),
      text(bar.x + bar.width + 6, middle, writeValue(values[n] ?? 0, unit), 'start'),
    ].join('');
  });
  return svg(height, title, rows.join(''));
}

function drawColumns({ title, unit, labels, series }: ReportChart): string {
  const groups = labels.map((_, n) => series.map(({ values }) => values[n] ?? 0));
  const { plot, xTicks, yTicks, groups: bars } = layOutColumns(groups, { unit, frame: COLUMNS });
  const rules = yTicks.map(
    ({ value, at }) =>
      `<line class="rule" x1="${plot.left}" x2="${plot.right}" y1="${at}" y2="${at}" stroke="#d5dcda"/>` +
      text(plot.left - 6, at + 4, writeValue(value, unit), 'end'),
  );
  const longest = Math.max(0, ...xTicks.map(({ value }) => labels[value]?.length ?? 0));
  const [first, second] = xTicks;
  const apart = first && second ? second.at - first.at : WIDTH;
  const every = Math.ceil(((longest + 1) * LETTER_WIDTH) / apart);
  const names = xTicks
    .filter((_, n) => n % every === 0)
    .map(({ value, at }) => text(at, plot.bottom + 16, labels[value] ?? '', 'middle'));
  const key = series.map(({ name }, n) => {
    const x = plot.left + n * 120;
    return rect({ x, y: 4, width: 10, height: 10 }, n) + text(x + 16, 13, name, 'start');
  });
  const columns = bars.flatMap((group) => group.map((bar, n) => rect(bar, n)));
  return svg(COLUMNS.height, title, [...rules, ...columns, ...names, ...key].join(''));
}

const COLOURS = ['#0f6b5c', '#8a6d1f'];

const rect = ({ x, y, width, height }: { x: number; y: number; width: number; height: number }, series: number) =>
  `<rect class="s${series}" x="${x}" y="${y}" width="${width}" height="${height}" fill="${COLOURS[series] ?? COLOURS[0]}"/>`;

const text = (x: number, y: number, words: string, anchor: 'start' | 'middle' | 'end') =>
  `<text class="ink" x="${x}" y="${y}" text-anchor="${anchor}" font-size="12" fill="#4d5a57">${escaped(words)}</text>`;

const svg = (height: number, title: string, content: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${escaped(title)}" viewBox="0 0 ${WIDTH} ${height}" width="100%" style="display:block;max-width:${WIDTH}px;height:auto" font-family="sans-serif">${content}</svg>`;

const escaped = (words: string): string => encode(words, { level: 'xml' });

const shortened = (label: string): string =>
  label.length > LONGEST_LABEL ? `${label.slice(0, LONGEST_LABEL - 1).trimEnd()}…` : label;
