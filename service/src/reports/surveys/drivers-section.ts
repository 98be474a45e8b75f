// Makes the part of a survey's report about what drives the score.
import type { Change } from '../../figures/changes.ts';
import type { Block, Section } from '../engine/report.ts';
import { writeShare } from '../engine/words.ts';
import { type Driver, driversOf } from './survey-drivers.ts';
import type { SurveyReportData } from './survey-report-data.ts';
import { NAMES, verdictOnGroup, writeDifference, writePoints, writeScore } from './survey-words.ts';

const HEADLINE =
  'What customers ticked or wrote about (surveys.lexicon), with the score of these answers against that of all others.';
const NOTHING =
  'No answer names a reason, by a tick or by words of surveys.lexicon, so there is nothing to say about what drives the score.';

export function driversSection(data: SurveyReportData): Section {
  const drivers = driversOf(data.survey, data.cells, data.cellsBefore);
  const isNegative = ({ effect }: Driver): boolean => effect.difference < 0;
  const negative = drivers.filter(isNegative);
  const positive = drivers.filter((driver) => !isNegative(driver)).toReversed();
  return {
    id: 'drivers',
    title: 'What drives the score',
    headline: drivers.length === 0 ? NOTHING : HEADLINE,
    blocks: [
      ...(negative.length > 0 ? [driversTable(data, 'Negative', negative)] : []),
      ...(positive.length > 0 ? [driversTable(data, 'Positive', positive)] : []),
    ],
  };
}

function driversTable({ survey, driverName }: SurveyReportData, title: string, drivers: readonly Driver[]): Block {
  const number = (name: string) => ({ title: name, isNumber: true });
  const columns = [
    { title },
    number('Answers'),
    number('Ticked'),
    number('Share'),
    number('Share before'),
    { title: 'Trend' },
    number(NAMES[survey]),
    number('Effect'),
    { title: '95% interval of the effect' },
    { title: 'Against all others' },
  ];
  const rows = drivers.map(({ driver, score, ticked, share, shareBefore, trend, effect, differs }) => [
    { text: driverName(driver) },
    { text: String(score.n), value: score.n },
    { text: String(ticked), value: ticked },
    { text: writeShare(share), value: share },
    { text: shareBefore === null ? '' : writeShare(shareBefore), value: shareBefore },
    { text: TRENDS[trend] },
    { text: writeScore(survey, score.score ?? 0), value: score.score },
    {
      text: `${writePoints(survey, effect.difference)} ${effect.difference < 0 ? 'lower' : 'higher'}`,
      value: effect.difference,
    },
    { text: effect.interval === null ? '' : effect.interval.map((end) => writeDifference(survey, end)).join(' to ') },
    { text: verdictOnGroup(differs, score.tooFew) },
  ]);
  return { kind: 'table', table: { columns, rows } };
}

const TRENDS: Readonly<Record<Change, string>> = {
  up: 'really more often',
  down: 'really less often',
  same: 'as often',
  unclear: 'may be chance',
};
