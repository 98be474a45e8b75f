// Draws the trend of a score as SVG: a point with its interval for each period.
import type { CustomerSurvey } from '../../surveys/index.ts';
import { scaleOf, type TrendPoint } from './read-company-figures.ts';

const WIDTH = 600;
const HEIGHT = 140;
const EDGE = 12;

/** For people who see it; the table beneath has the numbers. Colours are classes of the page's style sheet. */
export function drawTrend(survey: CustomerSurvey, trend: readonly TrendPoint[]): string {
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
  const marks = points.map(
    (point) =>
      (point.interval === null
        ? ''
        : `<line class="sure" x1="${point.x}" x2="${point.x}" y1="${y(point.interval[0])}" y2="${y(point.interval[1])}"/>`) +
      `<circle class="point" cx="${point.x}" cy="${point.y}" r="4"/>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" aria-hidden="true" focusable="false" viewBox="0 0 ${WIDTH} ${HEIGHT}"><line class="rule" x1="0" x2="${WIDTH}" y1="${middle}" y2="${middle}"/><polyline class="line" points="${line}"/>${marks.join('')}</svg>`;
}

const rounded = (value: number): number => Math.round(value * 10) / 10;
