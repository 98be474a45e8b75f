// Turns the rows of another tool's export into answers, and sets aside those that are none.

import type { CustomerSurvey } from '@deskwright/shared';
import { isScoreOf, SURVEY_KINDS } from '@deskwright/shared';
import type { ChosenColumns, ImportField } from './choose-columns.ts';
import type { AnswerRow, AnswerRows, UnreadableRow } from './read-answer-rows.ts';
import { type DateOrder, findDateOrder, readMoment } from './read-moment.ts';

export interface ReadAnswer {
  readonly line: number;
  /** All cells of its row, and how many rows before it in the file have the same. */
  readonly row: { readonly cells: readonly string[]; readonly before: number };
  /** The other tool's own id. */
  readonly sourceId: string | null;
  readonly score: number;
  readonly comment: string;
  /** Lower case. */
  readonly email: string | null;
  readonly userId: number | null;
  readonly ticketId: number | null;
  readonly answeredAt: Date;
}

export interface JudgedRows {
  readonly answers: readonly ReadAnswer[];
  /** Without customers' words. */
  readonly rejected: readonly UnreadableRow[];
  /** Answers without their comment: the policy keeps words for a shorter time. */
  readonly withoutWords: number;
  /** Rows whose score is a number outside of the survey's scale. */
  readonly outOfScale: number;
}

export interface JudgeOptions {
  readonly survey: CustomerSurvey;
  /** Null: as the file shows. */
  readonly dates: DateOrder | null;
  /** Of dates that name none. */
  readonly timeZone: string;
  readonly now: Date;
  /** Older answers would be deleted at once. */
  readonly keptFrom: Date;
  /** Older comments would be erased at once. */
  readonly wordsFrom: Date;
}

const LONGEST_COMMENT = 10_000;
const EARLIEST = Date.UTC(2000, 0, 1);

/** @throws Error with what to do when it cannot be told whether the day or the month stands first */
export function judgeRows(
  { rows, unreadable }: AnswerRows,
  { columns, isUtc }: Pick<ChosenColumns, 'columns' | 'isUtc'>,
  options: JudgeOptions,
): JudgedRows {
  const cell = ({ cells }: AnswerRow, field: ImportField): string => cells[columns[field] ?? -1] ?? '';
  const order = options.dates ?? orderOf(rows.map((row) => cell(row, 'answered_at')));
  const zone = isUtc ? 'utc' : options.timeZone;
  let withoutWords = 0;
  let outOfScale = 0;
  const times = new Map<string, number>();
  const rejected: UnreadableRow[] = [...unreadable];
  const answers = rows.flatMap((row): ReadAnswer[] => {
    const judged = judge(row);
    if (typeof judged !== 'string') return [judged];
    rejected.push({ line: row.line, problem: judged });
    return [];
  });
  return { answers, rejected: rejected.toSorted((a, b) => a.line - b.line), withoutWords, outOfScale };

  function judge(row: AnswerRow): ReadAnswer | string {
    const score = readScore(cell(row, 'score'), options.survey);
    if (typeof score === 'string') {
      if (score.includes(OUTSIDE)) outOfScale++;
      return score;
    }
    const written = cell(row, 'answered_at');
    if (written === '') return 'it has no date';
    const answeredAt = readMoment(written, order, zone);
    if (answeredAt === null) return 'its date cannot be read';
    const reason = whyNotThen(answeredAt, options);
    if (reason !== null) return reason;
    const email = cell(row, 'email')
      .replace(/^.*<([^<>]+)>$/s, '$1')
      .toLowerCase();
    const comment = cell(row, 'comment').slice(0, LONGEST_COMMENT);
    const isTooOld = comment !== '' && answeredAt < options.wordsFrom;
    if (isTooOld) withoutWords++;
    const same = JSON.stringify(row.cells);
    const before = times.get(same) ?? 0;
    times.set(same, before + 1);
    return {
      line: row.line,
      row: { cells: row.cells, before },
      sourceId: cell(row, 'id') || null,
      score,
      comment: isTooOld ? '' : comment,
      email: /^[^\s@]+@[^\s@]+$/.test(email) ? email : null,
      userId: readId(cell(row, 'user_id')),
      ticketId: readId(cell(row, 'ticket_id')),
      answeredAt,
    };
  }
}

function orderOf(dates: readonly string[]): DateOrder {
  const order = findDateOrder(dates);
  if (order === 'day-first' || order === 'month-first') return order;
  if (order === 'neither') return 'day-first';
  const why =
    order === 'both'
      ? 'Some dates of the file can only be read with the day first, others only with the month first'
      : 'All dates of the file could be read with the day or the month first';
  throw new Error(`${why}: say which with --dates day-first or --dates month-first.`);
}

const OUTSIDE = ' is outside of ';

function readScore(text: string, survey: CustomerSurvey): number | string {
  if (text === '') return 'it has no score';
  const score = /^\d{1,3}(?:\.0+)?$/.test(text) ? Number(text) : null;
  if (score === null) return 'its score is no whole number';
  const { lowest, highest } = SURVEY_KINDS[survey];
  return isScoreOf(survey, score)
    ? score
    : `its score ${score}${OUTSIDE}${lowest} to ${highest}, the scale of ${survey}`;
}

function whyNotThen(at: Date, { now, keptFrom }: JudgeOptions): string | null {
  if (at > now) return 'its date is in the future';
  if (at.getTime() < EARLIEST) return 'its date is before the year 2000';
  return at < keptFrom ? 'it is older than the policy keeps answers (retention.surveys)' : null;
}

/** Also as spreadsheets and tools write it: `#0042`, `77.0`, or the address of a ticket's page. */
function readId(text: string): number | null {
  const digits = /^(?:https?:\/\/\S+\/|#)?0*([1-9]\d{0,14})(?:\.0+)?$/.exec(text)?.[1];
  return digits === undefined ? null : Number(digits);
}
