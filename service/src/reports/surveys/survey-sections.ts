// Makes the tables of the report about a survey: by group, by reason, who answered.
import { TOO_FEW_BELOW } from '../../figures/intervals.ts';
import { type ResponseRate, responseBy, responseRate, SURVEY_DIMENSIONS, scoreBy } from '../../figures/survey-cells.ts';
import type { Block, Section } from '../engine/report.ts';
import { counted, trimmed, writeShare } from '../engine/words.ts';
import { dimensionNames } from './survey-dimensions.ts';
import { type Driver, driversOf } from './survey-drivers.ts';
import type { SurveyReportData } from './survey-report-data.ts';
import { NAMES, verdictOnGroup, writeInterval, writePoints, writeScore } from './survey-words.ts';

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

const capitalized = (word: string): string => `${word[0]?.toUpperCase()}${word.slice(1)}`;

export function driversSection({ survey, cells }: SurveyReportData): Section {
  const drivers = driversOf(survey, cells);
  const nothing = 'No reasons were ticked, so there is nothing to say about what drives the score.';
  if (drivers.length === 0) return { id: 'drivers', title: 'What drives the score', headline: nothing, blocks: [] };
  const [negative, positive] = [
    drivers.filter(({ effect }) => effect < 0),
    drivers.filter(({ effect }) => effect >= 0),
  ];
  const tableOf = (title: string, some: readonly Driver[]): Block => ({
    kind: 'table',
    table: {
      columns: [
        { title },
        number('Answers'),
        number('Share'),
        number(NAMES[survey]),
        number('Effect'),
        { title: 'Against all others' },
      ],
      rows: some.map(({ driver, score, share, effect, differs }) => [
        { text: driver },
        { text: String(score.n), value: score.n },
        { text: writeShare(share), value: share },
        { text: writeScore(survey, score.score ?? 0), value: score.score },
        { text: `${writePoints(survey, effect)} ${effect < 0 ? 'lower' : 'higher'}`, value: effect },
        { text: verdictOnGroup(differs, score.tooFew) },
      ]),
    },
  });
  return {
    id: 'drivers',
    title: 'What drives the score',
    headline: 'Reasons that customers ticked, with the score of these answers against that of all others.',
    blocks: [
      ...(negative.length > 0 ? [tableOf('Negative', negative)] : []),
      ...(positive.length > 0 ? [tableOf('Positive', positive.toReversed())] : []),
    ],
  };
}

export function responseSentence({ cells, cellsBefore }: SurveyReportData): string {
  const before = responseRate(cellsBefore.asked);
  const then = before.rate === null ? '' : `; the period before ${writeShare(before.rate)}`;
  return `${describeRate(responseRate(cells.asked))}${then}.`;
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
    blocks: rows.length === 0 ? [] : [{ kind: 'table', table: { columns, rows } }],
  };
}
