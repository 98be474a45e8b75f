import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GOAL_FIGURES } from '../policy/check/check-goals.ts';
import { buildFiguresReference } from './build-figures-reference.ts';
import { FIGURES, MORE_IS_BETTER } from './english-figures.ts';
import { FIGURE_IDS, MEASURES, TIMED } from './figure-ids.ts';

test('docs/reference/figures.md is current (npm run generate)', () => {
  expect(readFileSync(join(process.cwd(), 'docs/reference/figures.md'), 'utf8')).toBe(buildFiguresReference());
});

test.each(FIGURE_IDS)('%s is defined in one sentence, with its formula, what it leaves out and a source', (id) => {
  const { name, definition, formula, leavesOut, source } = FIGURES[id];
  expect(definition).toMatch(/^[A-Z][^.]+\.$/);
  for (const text of [name, formula, leavesOut, source]) expect(text.length).toBeGreaterThan(3);
});

test('no two figures have the same name', () => {
  expect(new Set(FIGURE_IDS.map((id) => FIGURES[id].name)).size).toBe(FIGURE_IDS.length);
});

test('every measure is used by a figure, or by the backlog of past days', () => {
  const used = FIGURE_IDS.flatMap((id) => {
    const { from } = FIGURES[id];
    if (from.kind === 'ratio') return [from.of, ...from.per];
    return 'of' in from ? from.of : [];
  });
  expect([...new Set([...used, 'merge'])].toSorted()).toEqual([...MEASURES].toSorted());
});

test('durations are medians of timed measures, and shares and counts are not', () => {
  const units = FIGURE_IDS.map((id) => `${FIGURES[id].from.kind} is a ${FIGURES[id].unit}`);
  expect([...new Set(units)].toSorted()).toEqual([
    'count is a count',
    'forecast is a days',
    'mean is a score',
    'mean is a share',
    'met is a share',
    'now is a count',
    'now is a duration',
    'ratio is a share',
    'shadow is a count',
    'time is a duration',
    'top is a share',
  ]);
  const timed = FIGURE_IDS.flatMap((id) => (FIGURES[id].from.kind === 'time' ? FIGURES[id].from.of : []));
  expect(timed.toSorted()).toEqual([...TIMED].toSorted());
});

test('a goal is judged by which direction is better, so each figure that it may have has one', () => {
  const undecided = GOAL_FIGURES.filter((id) => FIGURES[id].better === 'neither');
  expect(undecided).toEqual(['hand_off_rate']);
  expect(MORE_IS_BETTER.has('csat')).toBe(true);
  expect(MORE_IS_BETTER.has('first_reply_time')).toBe(false);
});
