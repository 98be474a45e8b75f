// Draws the trend of a score as SVG: a point with its interval for each period.
import type { CustomerSurvey } from '../../surveys/index.ts';
import { type CompanyMark, scaleOf, type TrendPoint } from './read-company-figures.ts';

const WIDTH = 600;
const HEIGHT = 140;
const EDGE = 12;

/** For people who see it; the table and the list beneath have the numbers and the launches. Colours are classes of the page's style sheet. */
export function drawTrend(
  survey: CustomerSurvey,
  trend: readonly TrendPoint[],
  { marks, end }: { marks: readonly CompanyMark[]; end: number },
): string {
  const [lowest, highest] = scaleOf(survey);
  const step = (WIDTH - 2 * EDGE) / Math.max(1, trend.length - 1);
  const y = (value: number): number =>
    rounded(HEIGHT - EDGE - ((value - lowest) / (highest - lowest)) * (HEIGHT - 2 * EDGE));
  const points = trend.flatMap(({ score }, n) => {
    if (score === null || score.score === null) return [];
    return [{ x: rounded(EDGE + n * step), y: y(score.score), interval: score.interval }];
  });
  const middle = y((lowest + highest) / 2);
  const line = points.map((point) => `${point.x},${point.y}`).join(' ');
  const launches = marks.map(({ at }) => {
    const x = rounded(EDGE + placeOf(at, [...trend.map(({ from }) => from), end]) * step);
    return `<line class="mark" x1="${x}" x2="${x}" y1="0" y2="${HEIGHT}"/>`;
  });
  const dots = points.map(
    (point) =>
      (point.interval === null
        ? ''
        : `<line class="sure" x1="${point.x}" x2="${point.x}" y1="${y(point.interval[0])}" y2="${y(point.interval[1])}"/>`) +
      `<circle class="point" cx="${point.x}" cy="${point.y}" r="4"/>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" aria-hidden="true" focusable="false" viewBox="0 0 ${WIDTH} ${HEIGHT}"><line class="rule" x1="0" x2="${WIDTH}" y1="${middle}" y2="${middle}"/><polyline class="line" points="${line}"/>${launches.join('')}${dots.join('')}</svg>`;
}

/** Where a moment lies, in periods: the middle of the first is 0. @param bounds the start of each period, and the end of the last */
function placeOf(at: number, bounds: readonly number[]): number {
  const nth = Math.max(
    0,
    bounds.findLastIndex((from) => from <= at),
  );
  const [from = at, to = at] = bounds.slice(nth);
  const share = to > from ? (at - from) / (to - from) : 0;
  return Math.min(bounds.length - 2, Math.max(0, nth + share - 0.5));
}

const rounded = (value: number): number => Math.round(value * 10) / 10;
