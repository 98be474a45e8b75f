// Recommends what to do about a survey's score, by written rules, each with its evidence.
import { holdTogether, type Tested, USUAL_LEVEL } from '../../figures/changes.ts';
import { TOO_FEW_BELOW } from '../../figures/intervals.ts';
import { allAnswers, responseBy, scoreBy } from '../../figures/survey-cells.ts';
import { type SurveyScore, scoreSurvey } from '../../figures/survey-scores.ts';
import { counted, writeShare } from '../engine/words.ts';
import { driversOf } from './drivers-section.ts';
import type { SurveyReportData } from './read-survey-data.ts';
import { dimensionNames, WHERE } from './survey-dimensions.ts';
import { writePoints, writeScore, writeWhole } from './survey-words.ts';

const MOST = 3;
/** The half width of the interval above which more answers are asked for: of NPS in points, else of the share. */
const WIDE = { nps: 10, csat: 0.05, ces: 0.05 } as const;

/**
 * Three at most. First what really lowers the score, the most points first: of each dimension the group, and of drivers the one, that is really
 * below all others. They are judged together: there are so many that chance alone makes one seem lower in most reports. Then, in this order:
 * customers with a bad answer who may be contacted and were not reached since; the category that answers really less than others; more answers, where the interval is wider
 * than 10 points of NPS or 5 points of a share on each side.
 */
export function recommendActions(data: SurveyReportData): readonly string[] {
  return [...lowering(data), ...contacting(data), ...answeringLess(data), ...askingMore(data)].slice(0, MOST);
}

/** Those that are below all others by more than chance brings among so many comparisons. */
function reallyBelow<One extends { readonly tested: Tested | null }>(compared: readonly One[]): One[] {
  const held = holdTogether(
    compared.flatMap(({ tested }) => tested ?? []),
    USUAL_LEVEL,
  );
  return compared.filter(({ tested }) => tested !== null && tested.direction === 'down' && held.has(tested));
}

function lowering(data: SurveyReportData): string[] {
  const { survey, cells } = data;
  const all = scoreSurvey(survey, allAnswers(cells.cleaned)).score ?? 0;
  const below = reallyBelow([
    ...WHERE.flatMap((dimension) => scoreBy(survey, cells.cleaned, dimension).map((one) => ({ ...one, dimension }))),
    ...driversOf(survey, cells, data.cellsBefore),
  ]).toSorted((a, b) => (b.without ?? 0) - (a.without ?? 0));
  const groups = WHERE.flatMap((dimension) => {
    const low = below.find((one) => 'dimension' in one && one.dimension === dimension && one.value !== null);
    if (!low || !('dimension' in low)) return [];
    const name = `${dimension} ${dimensionNames(data, dimension)(low.value)}`;
    return [{ what: `Look into what goes wrong in ${name}`, who: 'it', score: low.score, gain: low.without ?? 0 }];
  });
  const worst = below.find((one) => 'driver' in one);
  const driver = worst && {
    what: `Remedy what customers name as “${data.driverName(worst.driver)}”`,
    who: 'those answers',
    score: worst.score,
    gain: worst.without,
  };
  return [...groups, ...(driver ? [driver] : [])]
    .toSorted((a, b) => b.gain - a.gain)
    .map(
      ({ what, who, score, gain }) =>
        `${what}: ${writeWhole(survey, score)}, really lower than all others; without ${who} the score would be ${writeScore(survey, all + gain)} instead of ${writeScore(survey, all)}.`,
    );
}

function contacting({ followUps: { unhappy } }: SurveyReportData): string[] {
  if (unhappy.toContact === 0) return [];
  const who = counted(unhappy.toContact, 'customer');
  return [`Contact ${who} with a bad answer: they agreed to be contacted, and nobody has reached them since.`];
}

function answeringLess(data: SurveyReportData): string[] {
  const low = reallyBelow(responseBy(data.cells.asked, 'category')).find(({ value }) => value !== null);
  if (!low || low.rate === null) return [];
  const name = dimensionNames(data, 'category')(low.value);
  return [
    `Find out why customers of category ${name} answer less: ${writeShare(low.rate)} of ${counted(low.asked, 'survey')}, really less than elsewhere, so the score tells less about them.`,
  ];
}

function askingMore({ survey, cells }: SurveyReportData): string[] {
  const score = scoreSurvey(survey, allAnswers(cells.cleaned));
  const half = halfWidth(score);
  const wide = WIDE[survey];
  if (score.tooFew)
    return [
      `Ask more customers: ${counted(score.n, 'answer')} came in, and fewer than ${TOO_FEW_BELOW} cannot be judged.`,
    ];
  if (half === null || half <= wide) return [];
  // The width goes with the root of the number of answers.
  const needed = Math.ceil((score.n * (half / wide) ** 2) / 10) * 10;
  return [
    `Ask more customers: the score is known to ${writePoints(survey, half)} either way with ${counted(score.n, 'answer')}; ${writePoints(survey, wide)} take about ${needed.toLocaleString('en')}.`,
  ];
}

const halfWidth = ({ interval }: SurveyScore): number | null => interval && (interval[1] - interval[0]) / 2;
