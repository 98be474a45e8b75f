// Makes the part of a survey's report about follow-ups: what became of them, and whether they work.
import { followUpEffect } from '../../figures/follow-ups.ts';
import { nameOfChoice } from '../../surveys/index.ts';
import type { Block, Section } from '../engine/report.ts';
import { counted, trimmed, writeShare } from '../engine/words.ts';
import type { SurveyReportData } from './read-survey-data.ts';
import { capitalized } from './survey-dimensions.ts';
import { NAMES, writeDifference, writeInterval, writePoints, writeScore } from './survey-words.ts';

export function followUpsSection(data: SurveyReportData): Section {
  const { opened, inTime } = data.followUps;
  const headline =
    opened === 0
      ? 'No follow-up was opened in the period.'
      : `Of ${counted(opened, 'follow-up')} opened in the period, ${inTime} reached the customer in time: ${writeShare(inTime / opened)}.`;
  return {
    id: 'follow_ups',
    title: 'Follow-ups',
    headline: `${headline} ${agreedSentence(data)}`,
    blocks: [...resultBlocks(data), ...effectBlocks(data)],
  };
}

function agreedSentence({ followUps: { unhappy } }: SurveyReportData): string {
  const { customers, agreed, toContact } = unhappy;
  const waiting = agreed === 0 ? '' : `; nobody has reached ${toContact} of them since`;
  return `Of ${counted(customers, 'customer')} with a bad answer, ${agreed} may be contacted${waiting}.`;
}

function resultBlocks({ followUps, policy }: SurveyReportData): Block[] {
  const { opened, inTime, late, underWay, outcomes, causes } = followUps;
  if (opened === 0) return [];
  const rows: [string, number][] = [
    ['Reached in time', inTime],
    ['Reached late', late],
    ['Not reached, with time left', underWay],
    ['Not reached', opened - inTime - late - underWay],
  ];
  const { outcomes: ourOutcomes, root_causes: ourCauses } = policy.surveys.follow_ups;
  type Named = readonly { readonly id: string; readonly name?: string | undefined }[];
  // What the policy no longer has keeps its id.
  const counts = (some: typeof outcomes, named: Named): [string, number][] =>
    some.map(({ id, n }) => {
      const name = nameOfChoice(named.find((one) => one.id === id) ?? { id });
      return [capitalized(name === id ? id.replaceAll('_', ' ') : name), n];
    });
  const tables: [string, [string, number][]][] = [
    ['Follow-ups', rows],
    ['Outcome', counts(outcomes, ourOutcomes)],
    ['Root cause', counts(causes, ourCauses)],
  ];
  return tables.flatMap(([title, own]): Block[] =>
    own.length === 0
      ? []
      : [
          {
            kind: 'table',
            table: {
              columns: [{ title }, { title: 'Number', isNumber: true }, { title: 'Share', isNumber: true }],
              rows: own.map(([text, n]) => [
                { text },
                { text: String(n), value: n },
                { text: writeShare(n / opened), value: n / opened },
              ]),
            },
          },
        ],
  );
}

function effectBlocks({ survey, followUps }: SurveyReportData): Block[] {
  if (followUps.next.length === 0) return [];
  const effect = followUpEffect(survey, followUps.next);
  const rows = [['Contacted in between', effect.contacted] as const, ['Not contacted', effect.others] as const].map(
    ([text, { score, meanBefore }]) => [
      { text },
      { text: String(score.n), value: score.n },
      { text: meanBefore === null ? '' : trimmed(meanBefore, 2), value: meanBefore },
      { text: score.score === null ? '' : writeScore(survey, score.score), value: score.score },
      { text: writeInterval(survey, score.interval) },
      { text: score.mean === null ? '' : trimmed(score.mean, 2), value: score.mean },
    ],
  );
  const columns = [
    { title: 'Next answer after a bad one' },
    { title: 'Customers', isNumber: true },
    { title: 'Mean of the bad answer', isNumber: true },
    { title: NAMES[survey], isNumber: true },
    { title: '95% interval' },
    { title: 'Mean', isNumber: true },
  ];
  return [
    { kind: 'table', table: { columns, rows } },
    { kind: 'note', text: effectSentence(survey, effect) },
    { kind: 'note', text: REGRESSION },
  ];
}

/** `Customers who were contacted score 53 points higher (95% interval +16 to +89). The difference is real.` */
function effectSentence(survey: SurveyReportData['survey'], effect: ReturnType<typeof followUpEffect>): string {
  const { difference, tooFew, change } = effect;
  if (difference === null) return 'Nobody can be compared: all of them were contacted, or none.';
  const { difference: by, interval } = difference;
  const sure = ` (95% interval ${interval.map((end) => writeDifference(survey, end)).join(' to ')})`;
  const much = by === 0 ? 'as high as' : `${writePoints(survey, by)} ${by > 0 ? 'higher' : 'lower'} than`;
  const verdict = tooFew
    ? 'Too few answers to judge it.'
    : change === 'up' || change === 'down'
      ? 'The difference is real.'
      : 'Chance alone may explain it.';
  return `Customers who were contacted score ${much} those who were not${sure}. ${verdict}`;
}

const REGRESSION =
  'Whoever answered badly once answers better the next time on average, contacted or not (regression to the mean): compare the two groups, not the next answers with the bad ones. Nobody drew lots for who is contacted, so part of a difference may be who they are.';
