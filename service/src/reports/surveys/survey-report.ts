// Makes the report about NPS, CSAT or CES.
import { calendarPeriod } from '@deskwright/shared';
import { TOO_FEW_BELOW } from '../../figures/intervals.ts';
import { allAnswers } from '../../figures/survey-cells.ts';
import { changeOfSurvey, maintainedFor } from '../../figures/survey-changes.ts';
import { scoreSurvey } from '../../figures/survey-scores.ts';
import { type ImportSource, nameOfSource } from '../../surveys/index.ts';
import type { Block, Report, ReportPeriod, Section } from '../engine/report.ts';
import { counted, trimmed, writeMoment, writeShare, writeShortDay } from '../engine/words.ts';
import { periodsOf, type ReadDeps } from '../report-request.ts';
import { marksSection } from '../support/marks-section.ts';
import { atRiskSection } from './at-risk-report.ts';
import { driversSection } from './drivers-section.ts';
import { followUpsSection } from './follow-ups-section.ts';
import { readSurveyData, type SurveyReportData, type SurveyRequest } from './read-survey-data.ts';
import { recommendActions } from './recommend-actions.ts';
import { dimensionSections, responseSection, responseSentence } from './survey-sections.ts';
import { GOOD, NAMES, verdictOnChange, writeInterval, writePoints, writeScore, writeWhole } from './survey-words.ts';

/**
 * @param within epoch milliseconds in the period; null: the last one that is over
 * @throws Error for a tier or category that the policy does not have
 */
export async function makeSurveyReport(
  deps: ReadDeps,
  { within, ...request }: Omit<SurveyRequest, 'period' | 'before'> & { readonly within: number | null },
): Promise<Report> {
  const { period, before } = periodsOf(request.length, within, deps.now.getTime(), deps.policy.policy.time_zone);
  return makeSurveyReportOf(deps, { ...request, period, before });
}

/** The same over given periods. */
export const makeSurveyReportOf = async (deps: ReadDeps, request: SurveyRequest): Promise<Report> =>
  buildSurveyReport(await readSurveyData(deps, request));

/** No agent's figures, no customer's words. */
function buildSurveyReport(data: SurveyReportData): Report {
  const { survey, policy, now, about, link } = data;
  const actions = recommendActions(data);
  return {
    kind: survey,
    title: `${NAMES[survey]} report`,
    company: policy.company,
    about,
    period: periodOf(data, data.period),
    before: periodOf(data, data.before),
    timeZone: policy.time_zone,
    madeAt: now.toISOString(),
    link,
    summary: [scoreSentence(data), responseSentence(data), ...actions],
    sections: [
      scoreSection(data),
      driversSection(data),
      actionsSection(actions),
      followUpsSection(data),
      ...(data.atRisk === null ? [] : [atRiskSection(data.atRisk, policy, data.ticketUrl)]),
      responseSection(data),
      ...[marksSection(data)].flatMap((section) => section ?? []),
      ...dimensionSections(data),
    ],
  };
}

/** `Q4 2026`, `November 2026`, `Mon 23 Nov to Sun 29 Nov`. One that is not over has its end in it. */
function periodOf({ length, policy }: SurveyReportData, { from, to }: { from: number; to: number }): ReportPeriod {
  const timeZone = policy.time_zone;
  const parts = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { timeZone, ...options }).format(from);
  const year = parts({ year: 'numeric' });
  const name =
    length === 'quarter'
      ? `Q${Math.ceil(Number(parts({ month: 'numeric' })) / 3)} ${year}`
      : length === 'month'
        ? parts({ month: 'long', year: 'numeric' })
        : `${writeShortDay(from, timeZone)} to ${writeShortDay(to - 1, timeZone)} ${year}`;
  const isOver = calendarPeriod(length, from, timeZone).to <= to;
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    label: isOver ? name : `${name} until ${writeMoment(to, timeZone)}`,
  };
}

/** `NPS: +20 (95% interval +3 to +37; of 100 answers); the quarter before −12 (of 80 answers). 32 points higher. The change is real.` */
function scoreSentence({ survey, length, cells, cellsBefore }: SurveyReportData): string {
  const [after, before] = [allAnswers(cells.cleaned), allAnswers(cellsBefore.cleaned)];
  const [score, was] = [scoreSurvey(survey, after), scoreSurvey(survey, before)];
  const now = `${NAMES[survey]}: ${writeWhole(survey, score)}; the ${length} before ${writeWhole(survey, was)}.`;
  if (score.score === null || was.score === null) return now;
  const difference = score.score - was.score;
  const moved = difference === 0 ? '' : ` ${writePoints(survey, difference)} ${difference > 0 ? 'higher' : 'lower'}.`;
  return `${now}${moved} ${verdictOnChange(changeOfSurvey(survey, before, after), !score.tooFew && !was.tooFew)}`;
}

function scoreSection(data: SurveyReportData): Section {
  const { survey, cells, quarters } = data;
  const cleaned = scoreSurvey(survey, allAnswers(cells.cleaned));
  const raw = scoreSurvey(survey, allAnswers(cells.raw));
  const rows = (
    [
      ['Cleaned: answers that count', cleaned],
      ['Raw: as submitted, whoever sent it', raw],
    ] as const
  ).map(([text, one]) => [
    { text },
    { text: String(one.n), value: one.n },
    { text: one.score === null ? '' : writeScore(survey, one.score), value: one.score },
    { text: writeInterval(survey, one.interval) },
    { text: one.mean === null ? '' : trimmed(one.mean, 2), value: one.mean },
    { text: one.meanInterval === null ? '' : one.meanInterval.map((end) => trimmed(end, 2)).join(' to ') },
    ...one.classes.map(({ n, share }) => ({ text: `${n} (${writeShare(share)})`, value: n })),
  ]);
  const columns = [
    { title: '' },
    { title: 'Answers', isNumber: true },
    { title: `${NAMES[survey]} (${GOOD[survey]})`, isNumber: true },
    { title: '95% interval' },
    { title: 'Mean', isNumber: true },
    { title: '95% interval of the mean' },
    ...cleaned.classes.map(({ name }) => ({ title: name, isNumber: true })),
  ];
  const note = maintainedSentence(survey, quarters);
  return {
    id: 'score',
    title: 'Score',
    headline: scoreSentence(data),
    blocks: [
      { kind: 'table', table: { columns, rows } },
      { kind: 'note', text: note },
      ...benchmarkNotes(data),
      ...doubtfulNote(cells),
      ...importedNotes(cells),
    ],
  };
}

/** `Benchmark: Online shops reach +40 (NPS benchmark 2025).` */
function benchmarkNotes({ survey, policy: { goals, surveys } }: SurveyReportData): Block[] {
  const ofGoals = goals.flatMap(({ figure, benchmark }) =>
    figure === survey || figure === `${survey}_mean` ? (benchmark ?? []) : [],
  );
  const known = survey === 'nps' ? [surveys.nps?.benchmark ?? []].flat() : ofGoals;
  return known.map(({ text, source }) => ({ kind: 'note', text: `Benchmark: ${text} (${source}).` }));
}

/** `3 of the answers that count are doubtful: …` */
function doubtfulNote({ doubtful: n }: SurveyReportData['cells']): Block[] {
  if (n === 0) return [];
  const text = `${n} of the answers that count ${n === 1 ? 'is' : 'are'} doubtful: it is not certain that a person gave ${n === 1 ? 'it' : 'them'}.`;
  return [{ kind: 'note', text }];
}

/** `412 of the answers were imported from Typeform.` */
function importedNotes({ imported }: SurveyReportData['cells']): Block[] {
  const counts = new Map<ImportSource, number>();
  for (const { source, n } of imported) counts.set(source, (counts.get(source) ?? 0) + n);
  return [...counts].map(([source, n]) => ({
    kind: 'note',
    text: `${n} of the answers ${n === 1 ? 'was' : 'were'} imported from ${nameOfSource(source)}; nobody is known to have been asked for them, so they are in no response rate.`,
  }));
}

function maintainedSentence(survey: SurveyReportData['survey'], quarters: SurveyReportData['quarters']): string {
  const maintained = maintainedFor(survey, quarters);
  if (maintained === 0)
    return `Fewer than ${TOO_FEW_BELOW} answers in the quarter in which the period ends: whether the score was maintained cannot be told.`;
  if (maintained === 1)
    return 'Not maintained over quarters yet: the quarter in which the period ends is really below the one before, or that one had too few answers.';
  return `Maintained for ${counted(maintained, 'quarter')}${maintained === quarters.length ? ' or more' : ''}: none was really below an earlier one of them.`;
}

function actionsSection(actions: readonly string[]): Section {
  const nothing =
    'No rule found evidence for an action: no group or reason is below the others by more than chance brings among so many.';
  return {
    id: 'actions',
    title: 'Recommended actions',
    headline:
      actions.length === 0 ? nothing : 'By written rules (docs/reference/figures.md), the strongest evidence first.',
    blocks: actions.length === 0 ? [] : [{ kind: 'list', items: actions }],
  };
}
