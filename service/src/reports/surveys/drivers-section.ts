// Makes the part of a survey's report about what drives the score: answers that name a driver, by a tick or in words, beside all others.
import { type Change, changeOfShare, judgeTest, type Tested } from '../../figures/changes.ts';
import { type Histogram, sizeOf, TOO_FEW_BELOW } from '../../figures/intervals.ts';
import { allAnswers, histogramOf } from '../../figures/survey-cells.ts';
import { type Difference, differenceOf, testSurvey } from '../../figures/survey-changes.ts';
import { type SurveyScore, scoreSurvey } from '../../figures/survey-scores.ts';
import type { CustomerSurvey, SurveyCells } from '../../surveys/index.ts';
import type { Block, Section } from '../engine/report.ts';
import { writeShare } from '../engine/words.ts';
import type { SurveyReportData } from './read-survey-data.ts';
import { NAMES, verdictOnGroup, writeDifference, writePoints, writeScore } from './survey-words.ts';

interface Driver {
  readonly driver: string;
  readonly score: SurveyScore;
  /** Answers in which it was ticked; the others name it in words. */
  readonly ticked: number;
  /** Of all answers, those with it. */
  readonly share: number;
  /** The same of the period before; null: nobody answered then. */
  readonly shareBefore: number | null;
  /** Whether it is named more often than then. */
  readonly trend: Change;
  /** The score of those with it less that of all others. */
  readonly effect: Difference;
  /** Null: too few to judge. */
  readonly tested: Tested | null;
  readonly differs: Change;
  /** What the score of all would change by without the answers that have it. */
  readonly without: number;
}

type Cells = Pick<SurveyCells, 'cleaned' | 'drivers'>;

/** The most negative effect first. One that is in every answer, or the only answers there are, tells nothing and is left out. */
export function driversOf(survey: CustomerSurvey, cells: Cells, before: Cells): readonly Driver[] {
  const all = allAnswers(cells.cleaned);
  const whole = scoreSurvey(survey, all);
  const asked = sizeOf(allAnswers(before.cleaned));
  return [...new Set(cells.drivers.map(({ driver }) => driver))]
    .flatMap((driver): Driver[] => {
      const named = cells.drivers.filter((one) => one.driver === driver);
      const own = histogramOf(named);
      const rest = lessThose(all, own);
      const [score, others] = [scoreSurvey(survey, own), scoreSurvey(survey, rest)];
      const effect = differenceOf(survey, rest, own);
      if (effect === null || others.score === null || whole.score === null) return [];
      const then = sizeOf(histogramOf(before.drivers.filter((one) => one.driver === driver)));
      const tested = testSurvey(survey, rest, own);
      const isEnough = Math.min(whole.n, asked) >= TOO_FEW_BELOW;
      return [
        {
          driver,
          score,
          ticked: named.reduce((sum, { ticked }) => sum + ticked, 0),
          share: score.n / whole.n,
          shareBefore: asked === 0 ? null : then / asked,
          trend: isEnough ? changeOfShare({ count: then, n: asked }, { count: score.n, n: whole.n }) : 'unclear',
          effect,
          tested,
          differs: judgeTest(tested),
          without: others.score - whole.score,
        },
      ];
    })
    .toSorted((a, b) => a.effect.difference - b.effect.difference || a.driver.localeCompare(b.driver));
}

function lessThose(all: Histogram, own: Histogram): Histogram {
  const less = own.map(({ value, n }) => ({ score: value, n: -n }));
  return histogramOf([...all.map(({ value, n }) => ({ score: value, n })), ...less]).filter(({ n }) => n > 0);
}

const HEADLINE =
  'What customers ticked or wrote about (surveys.lexicon), with the score of these answers against that of all others.';
const NOTHING =
  'No answer names a reason, by a tick or by words of surveys.lexicon, so there is nothing to say about what drives the score.';

/** Makes the part of a survey's report about what drives the score. */
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
    { text: effect.interval.map((end) => writeDifference(survey, end)).join(' to ') },
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
