import { appendFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendRun, findFalls, readHistory } from './history.js';

const aRun = (ratio: number, machine = 'two processors') => ({
  at: '2026-11-28T21:00:00.000Z',
  command: 'npm run bench',
  commit: 'abc1234',
  machine,
  load: 0.1,
  parts: { decide: { ratios: { 'against json-rules-engine': ratio }, figures: { 'tickets a second': 80_000 } } },
});

test('keeps every run in order', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'deskwright-history-')), 'history.jsonl');
  expect(readHistory(file)).toEqual([]);
  appendRun(file, aRun(1));
  appendRun(file, aRun(2));
  expect(readHistory(file)).toEqual([aRun(1), aRun(2)]);
  appendFileSync(file, 'half a li');
  expect(() => readHistory(file)).toThrow('JSON');
});

test.each([
  ['falls by half', [300, 310, 305], 150, [{ name: 'decide: against json-rules-engine', usual: 305, now: 150 }]],
  ['falls by a fifth, as it does from run to run', [300, 310, 305], 245, []],
  ['rises', [300], 900, []],
  ['is measured for the first time', [], 1, []],
  ['falls behind the last five runs and not those before', [900, 900, 100, 100, 100, 100, 100], 90, []],
])('a ratio that %s', (_, before, now, falls) => {
  expect(
    findFalls(
      before.map((ratio) => aRun(ratio)),
      aRun(now),
    ),
  ).toEqual(falls);
});

test('does not compare runs from different machines', () => {
  expect(findFalls([aRun(900, 'sixty-four processors')], aRun(100))).toEqual([]);
});
