// Makes the report about the agents' pulse: the share of good answers round by round, the customers' beside it, and what agents wrote.
import { type Policy, SURVEY_KINDS } from '@deskwright/shared';
import type { Histogram } from '../../figures/intervals.ts';
import { histogramOf, type SurveyCell } from '../../figures/survey-cells.ts';
import { changeOfSurvey } from '../../figures/survey-changes.ts';
import { scoreSurvey } from '../../figures/survey-scores.ts';
import { type CustomerSurvey, type PulseRound, readPulseRounds, readSurveyCells } from '../../surveys/index.ts';
import type { Block, Report, ReportTable, Section } from '../engine/report.ts';
import { counted, trimmed, writeShare, writeShortDay } from '../engine/words.ts';
import type { ReadDeps } from '../report-request.ts';
import { NAMES, verdictOnChange, writeScore } from './survey-words.ts';

const MOST_ROUNDS = 12;

/** Of the last twelve rounds. It has no filter on purpose: a part and the whole would tell of the rest. */
export async function makePulseReport({ db, policy: { policy }, now, link }: ReadDeps): Promise<Report> {
  const asked = (['csat', 'nps', 'ces'] as const).find((survey) => policy.surveys[survey] !== undefined) ?? null;
  const rounds: RoundBeside[] = [];
  for (const round of await readPulseRounds(db, MOST_ROUNDS))
    rounds.push({
      ...round,
      customers: asked && round.closedAt ? await customersIn(asked, round.startsAt, round.closedAt) : [],
    });
  return buildPulseReport({ rounds, customerSurvey: asked, policy, now, link });

  async function customersIn(survey: CustomerSurvey, from: Date, to: Date) {
    return (await readSurveyCells(db, { survey, from, to, timeZone: policy.time_zone })).cleaned.week;
  }
}

const FEWEST = SURVEY_KINDS.pulse.anonymousUnder;

interface RoundBeside extends PulseRound {
  /** What customers answered between its start and its closing. */
  readonly customers: readonly Pick<SurveyCell, 'score' | 'n'>[];
}

interface PulseReportData {
  /** Newest first. */
  readonly rounds: readonly RoundBeside[];
  /** Whose score stands beside; null: the policy asks customers nothing. */
  readonly customerSurvey: CustomerSurvey | null;
  readonly policy: Pick<Policy, 'company' | 'time_zone'>;
  readonly now: Date;
  readonly link: string | null;
}

/** Nothing of a round with fewer than five answers, and nothing of one that is open. */
function buildPulseReport(data: PulseReportData): Report {
  const { rounds, policy, now, link } = data;
  const from = rounds.at(-1)?.startsAt ?? now;
  const headline = pulseSentence(rounds);
  return {
    kind: 'pulse',
    title: 'Pulse report',
    company: policy.company,
    about: null,
    period: { from: from.toISOString(), to: now.toISOString(), label: counted(rounds.length, 'round') },
    before: null,
    timeZone: policy.time_zone,
    madeAt: now.toISOString(),
    link,
    summary: [headline],
    sections: [
      { id: 'rounds', title: 'Round by round', headline, blocks: roundBlocks(data) },
      ...rounds
        .filter(({ closedAt }) => closedAt !== null)
        .slice(0, 1)
        .map((round) => wordsSection(round)),
    ],
  };
}

const answersOf = ({ scores }: PulseRound): Histogram => histogramOf((scores ?? []).map((score) => ({ score, n: 1 })));

/** `80% of 10 answers are good (95% interval 49% to 94%); the round before 60% of 5. Too few answers to judge the change.` */
function pulseSentence(rounds: readonly RoundBeside[]): string {
  const [last, before] = rounds.filter(({ closedAt }) => closedAt !== null);
  if (!last) return 'No round is over yet. Nothing is shown of one under way.';
  if (last.scores === null) return `Fewer than ${FEWEST} agents answered the last round, so nothing of it is shown.`;
  const score = scoreSurvey('pulse', answersOf(last));
  const interval = score.interval?.map(writeShare).join(' to ') ?? '';
  const now = `${writeShare(score.score ?? 0)} of ${counted(score.n, 'answer')} are good (95% interval ${interval})`;
  if (!before?.scores) return `${now}.`;
  const was = scoreSurvey('pulse', answersOf(before));
  const verdict = verdictOnChange(
    changeOfSurvey('pulse', answersOf(before), answersOf(last)),
    !score.tooFew && !was.tooFew,
  );
  return `${now}; the round before ${writeShare(was.score ?? 0)} of ${was.n}. ${verdict}`;
}

function roundBlocks({ rounds, customerSurvey, policy }: PulseReportData): Block[] {
  if (rounds.length === 0) return [];
  const columns = [
    { title: 'Began' },
    { title: 'Closed' },
    { title: 'Asked', isNumber: true },
    { title: 'Answers', isNumber: true },
    { title: 'Pulse (4 or 5 of 5)', isNumber: true },
    { title: 'Mean', isNumber: true },
    ...(customerSurvey ? [{ title: `Customers’ ${NAMES[customerSurvey]} in this time`, isNumber: true }] : []),
  ];
  const rows = rounds.map((round): ReportTable['rows'][number] => {
    const { startsAt, closedAt, asked, scores } = round;
    const { score, mean } = scoreSurvey('pulse', answersOf(round));
    return [
      { text: writeShortDay(startsAt, policy.time_zone) },
      { text: closedAt === null ? 'under way' : writeShortDay(closedAt, policy.time_zone) },
      { text: asked === null ? '' : String(asked), value: asked },
      scores === null
        ? { text: closedAt === null ? '' : `fewer than ${FEWEST}` }
        : { text: String(scores.length), value: scores.length },
      { text: score === null ? '' : writeShare(score), value: score },
      { text: mean === null ? '' : trimmed(mean, 1), value: mean },
      ...(customerSurvey ? [customerCell(customerSurvey, round)] : []),
    ];
  });
  const note = `Answers are anonymous: of fewer than ${FEWEST} nothing is shown, no round is shown before it is over, and there is no breakdown.`;
  return [
    { kind: 'table', table: { columns, rows } },
    { kind: 'note', text: note },
  ];
}

function customerCell(survey: CustomerSurvey, { customers }: RoundBeside): ReportTable['rows'][number][number] {
  const { score, n } = scoreSurvey(survey, histogramOf(customers));
  return score === null ? { text: '' } : { text: `${writeScore(survey, score)} of ${n}`, value: score };
}

function wordsSection({ comments }: RoundBeside): Section {
  const headline =
    comments === null
      ? `Fewer than ${FEWEST} agents wrote something in the last round, so nothing of it is shown.`
      : `${counted(comments.length, 'agent')} wrote something in the last round; in the order of the alphabet, without scores.`;
  return {
    id: 'words',
    title: 'What agents wrote',
    headline,
    blocks: comments === null ? [] : [{ kind: 'list', items: comments }],
  };
}
