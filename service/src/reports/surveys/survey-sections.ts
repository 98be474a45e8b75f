// Makes the tables of the report about a survey: by group, and who answered.
import { TOO_FEW_BELOW } from '../../figures/intervals.ts';
import { type ResponseRate, responseBy, responseRate, SURVEY_DIMENSIONS, scoreBy } from '../../figures/survey-cells.ts';
import { explainNotSent } from '../../surveys/index.ts';
import type { Block, Section } from '../engine/report.ts';
import { counted, trimmed, writeShare } from '../engine/words.ts';
import type { SurveyReportData } from './read-survey-data.ts';
import { capitalized, dimensionNames } from './survey-dimensions.ts';
import { NAMES, verdictOnGroup, writeInterval, writeScore } from './survey-words.ts';

const number = (title: string) => ({ title, isNumber: true });

/** By each dimension with more than one value; the others say nothing new. */
export function dimensionSections(data: SurveyReportData): Section[] {
  const { survey, cells } = data;
  return SURVEY_DIMENSIONS.flatMap((dimension): Section[] => {
    const groups = scoreBy(survey, cells.cleaned, dimension);
    if (groups.length < 2) return [];
    const name = dimensionNames(data, dimension);
    const raw = new Map(scoreBy(survey, cells.raw, dimension).map(({ value, score }) => [value, score.score]));
    const rows = groups.map(({ value, score, differs }) => [
      { text: name(value) },
      { text: String(score.n), value: score.n },
      { text: score.score === null ? '' : writeScore(survey, score.score), value: score.score },
      { text: writeInterval(survey, score.interval) },
      { text: trimmed(score.mean ?? 0, 2), value: score.mean },
      rawCell(raw.get(value) ?? null),
      { text: verdictOnGroup(differs, score.tooFew) },
    ]);
    const columns = [
      { title: dimension === 'week' ? 'Week from' : capitalized(dimension) },
      number('Answers'),
      number(NAMES[survey]),
      { title: '95% interval' },
      number('Mean'),
      number('Raw'),
      { title: 'Against all others' },
    ];
    const table: Block = { kind: 'table', table: { columns, rows } };
    return [{ id: `by_${dimension}`, title: `By ${dimension}`, headline: null, blocks: [table] }];
  });

  function rawCell(score: number | null) {
    return { text: score === null ? '' : writeScore(survey, score), value: score };
  }
}

export function responseSentence({ cells, cellsBefore }: SurveyReportData): string {
  const before = responseRate(cellsBefore.asked.category);
  const then = before.rate === null ? '' : `; the period before ${writeShare(before.rate)}`;
  return `${describeRate(responseRate(cells.asked.category))}${then}.`;
}

function describeRate({ asked, answered, rate, interval }: ResponseRate): string {
  if (rate === null || interval === null) return 'No survey was sent in the period';
  const sure = interval.map(writeShare).join(' to ');
  return `${answered} of ${counted(asked, 'survey')} sent in the period ${answered === 1 ? 'was' : 'were'} answered: ${writeShare(rate)} (95% interval ${sure})`;
}

export function responseSection(data: SurveyReportData): Section {
  const name = dimensionNames(data, 'category');
  const rows = responseBy(data.cells.asked, 'category').map(({ value, asked, answered, rate, interval, differs }) => [
    { text: name(value) },
    { text: String(asked), value: asked },
    { text: String(answered), value: answered },
    { text: String(asked - answered), value: asked - answered },
    { text: rate === null ? '' : writeShare(rate), value: rate },
    { text: interval === null ? '' : interval.map(writeShare).join(' to ') },
    { text: verdictOnGroup(differs, asked < TOO_FEW_BELOW) },
  ]);
  const columns = [
    { title: 'Category' },
    number('Asked'),
    number('Answered'),
    number('Not answered'),
    number('Rate'),
    { title: '95% interval' },
    { title: 'Against all others' },
  ];
  return {
    id: 'response',
    title: 'Who was asked, and who answered',
    headline: responseSentence(data),
    blocks: [
      ...(rows.length === 0 ? [] : [{ kind: 'table', table: { columns, rows } } as const]),
      ...skippedTable(data),
    ],
  };
}

/** Why customers were not asked, and reminders not sent, each reason once. */
function skippedTable({ skipped }: SurveyReportData): Block[] {
  if (skipped.length === 0) return [];
  const counts = new Map<string, number>();
  for (const { what, reason, n } of skipped) {
    const why = `${what === 'reminder' ? 'No reminder: ' : ''}${explainNotSent(reason)}`;
    counts.set(why, (counts.get(why) ?? 0) + n);
  }
  const rows = [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .map(([text, n]) => [{ text }, { text: String(n), value: n }]);
  return [{ kind: 'table', table: { columns: [{ title: 'Why not asked or reminded' }, number('Surveys')], rows } }];
}
