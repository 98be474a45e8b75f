// `deskwright answers import`: imports answers from another survey tool's CSV export.
import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Policy, SURVEY_KINDS } from '@deskwright/shared';
import type { Database } from '../../platform/storage/database.ts';
import { daysBefore } from '../../platform/storage/delete-old-rows.ts';
import { writeCsv } from '../../platform/text-files/csv.ts';
import { decodeText } from '../../platform/text-files/decode-text.ts';
import {
  type AnswerRows,
  type CustomerSurvey,
  chooseColumns,
  type DateOrder,
  type IMPORT_SOURCES,
  type ImportField,
  type ImportResult,
  importAnswers,
  type JudgedRows,
  judgeRows,
  nameOfSource,
  readAnswerRows,
} from '../../surveys/index.ts';

interface ImportDeps {
  readonly db: Database;
  readonly json: boolean;
  readonly out: (line: string) => void;
  readonly now: Date;
  readonly who: string;
}

export interface ImportOptions {
  readonly path: string;
  readonly policy: Pick<Policy, 'time_zone' | 'retention'>;
  /** Null: as the header shows. */
  readonly from: (typeof IMPORT_SOURCES)[number] | null;
  readonly survey: CustomerSurvey;
  /** Column to field. */
  readonly map: Readonly<Record<string, ImportField>>;
  readonly dates: DateOrder | null;
  /** IANA; null: the policy's. */
  readonly timeZone: string | null;
  /** Null: UTF-8 or UTF-16. */
  readonly encoding: string | null;
  /** Where lines and reasons of rows that were set aside are written; null: nowhere. */
  readonly rejects: string | null;
  /** Only rows whose cell in this column is this value, whatever its case; null: all. */
  readonly only: { readonly column: string; readonly value: string } | null;
  /** Imports also what seems to be of another scale. */
  readonly force: boolean;
  readonly dryRun: boolean;
  readonly onProgress?: (done: number, all: number) => void;
}

const SHOWN = 10;
/** With fewer answers it says little that nobody gave the highest score, or that some are outside of the scale. */
const ENOUGH_FOR_SCALE = 20;
/** More than this are no slips. */
const MOST_OUTSIDE = 0.05;
const KINDS_IN_CELLS = /\b(nps|csat|ces)\b/i;

/**
 * @returns the exit code: 1 if no row is an answer
 * @throws Error with what to do when the file cannot be read
 */
export async function runImportAnswers(deps: ImportDeps, options: ImportOptions): Promise<0 | 1> {
  const { db, json, out, now, who } = deps;
  const { path, policy, survey, timeZone, dryRun, rejects } = options;
  const read = await readAnswerRows(path, decode(path, await readFile(path), options.encoding));
  const rows = onlyRows(read, options.only);
  const chosen = chooseColumns(rows, options);
  const judged = judgeRows(rows, chosen, {
    survey,
    dates: options.dates,
    timeZone: timeZone ?? policy.time_zone,
    now,
    keptFrom: daysBefore(now, policy.retention.surveys),
    wordsFrom: daysBefore(now, policy.retention.words),
  });
  if (rejects !== null) await writeRejects(rejects, judged.rejected);
  if (!options.force) refuseOtherScale(judged, survey);
  const { answers, rejected } = judged;
  const done = await importAnswers(db, {
    source: chosen.source,
    survey,
    file: basename(path),
    answers,
    who,
    now,
    dryRun,
    onProgress: (count) => options.onProgress?.(count, answers.length),
  });
  const columns = Object.fromEntries(Object.entries(chosen.columns).map(([field, at]) => [field, rows.header[at]]));
  const summary = {
    source: chosen.source,
    survey,
    columns,
    timeZone: chosen.isUtc ? 'UTC' : (timeZone ?? policy.time_zone),
  };
  if (json) {
    const [first, last] = range(judged);
    out(JSON.stringify({ dryRun, ...summary, ...done, first, last, withoutWords: judged.withoutWords, rejected }));
  } else for (const line of describe(summary, judged, done, options)) out(line);
  return answers.length === 0 ? 1 : 0;
}

function decode(path: string, bytes: Uint8Array, encoding: string | null): string {
  if (encoding !== null) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch (error) {
      throw new Error(`${path} is not in ${encoding}: name another encoding with --encoding.`, { cause: error });
    }
  }
  const decoded = decodeText(bytes);
  if (!decoded.ok) throw new Error(`${path}: ${decoded.reason}, or name its encoding with --encoding.`);
  return decoded.text;
}

/**
 * @throws Error with what to do when the file has no such column or value, or names more than one kind of survey
 */
function onlyRows(read: AnswerRows, only: ImportOptions['only']): AnswerRows {
  if (only === null) {
    for (const [at, column] of read.header.entries()) {
      const kinds = new Map<string, string>();
      for (const { cells } of read.rows) {
        const kind = KINDS_IN_CELLS.exec(cells[at] ?? '')?.[1]?.toLowerCase();
        // Words of customers are longer.
        if (kind !== undefined && (cells[at] ?? '').length <= 20) kinds.set(kind, cells[at] ?? '');
      }
      if (kinds.size > 1)
        throw new Error(
          `The column "${column}" names more than one kind of survey (${[...kinds.values()].join(', ')}): choose with --only "${column}=${[...kinds.values()][0]}", and import each by itself.`,
        );
    }
    return read;
  }
  const at = read.header.findIndex((name) => name.toLowerCase() === only.column.toLowerCase());
  if (at < 0) throw new Error(`There is no column "${only.column}": there are ${read.header.join(', ')}.`);
  const rows = read.rows.filter(({ cells }) => cells[at]?.toLowerCase() === only.value.toLowerCase());
  if (rows.length === 0) throw new Error(`No row has "${only.value}" in the column "${only.column}".`);
  return { ...read, rows };
}

/**
 * The rows that are in the scale would be a choice of the worst or the best.
 * @throws Error with what to do
 */
function refuseOtherScale({ answers, outOfScale }: JudgedRows, survey: CustomerSurvey): void {
  const all = answers.length + outOfScale;
  if (all < ENOUGH_FOR_SCALE) return;
  const { lowest, highest: top } = SURVEY_KINDS[survey];
  const scale = `${survey.toUpperCase()} goes from ${lowest} to ${top}`;
  const advice = 'Import it as the kind of survey that was asked (--kind). If it was this one, add --force.';
  if (outOfScale > all * MOST_OUTSIDE)
    throw new Error(`${outOfScale} of ${all} scores are outside of the scale, and ${scale}. ${advice}`);
  const highest = answers.reduce((most, { score }) => Math.max(most, score), 0);
  if (highest < top) throw new Error(`The highest of ${all} scores is ${highest}, and ${scale}. ${advice}`);
}

/** Lines and reasons only: the words stay in the export. */
const writeRejects = (path: string, rejected: JudgedRows['rejected']): Promise<void> =>
  writeFile(
    path,
    writeCsv(
      ['line', 'reason'],
      rejected.map(({ line, problem }) => [line, problem]),
    ),
  );

function range({ answers }: JudgedRows): [first: Date | null, last: Date | null] {
  let [first, last]: [Date | null, Date | null] = [null, null];
  for (const { answeredAt } of answers) {
    if (first === null || answeredAt < first) first = answeredAt;
    if (last === null || answeredAt > last) last = answeredAt;
  }
  return [first, last];
}

interface Told {
  readonly source: Parameters<typeof nameOfSource>[0];
  readonly survey: CustomerSurvey;
  readonly columns: Readonly<Record<string, string | undefined>>;
  readonly timeZone: string;
}

function describe(
  { source, survey, columns, timeZone }: Told,
  judged: JudgedRows,
  { id, added, known, own, ofKnownCustomers }: ImportResult,
  { dryRun, rejects }: ImportOptions,
): string[] {
  const { answers, rejected, withoutWords } = judged;
  const [first, last] = range(judged);
  const would = dryRun ? ' would be' : '';
  return [
    `Read as ${survey.toUpperCase()} from ${nameOfSource(source)}: ${Object.entries(columns)
      .map(([field, name]) => `${field} from "${name}"`)
      .join(', ')}; times without a zone are in ${timeZone}.`,
    ...(first && last
      ? [`${answers.length} answers, from ${first.toISOString()} to ${last.toISOString()}.`]
      : ['No row is an answer.']),
    ...(columns['comment'] === undefined ? ['No comments: name their column with --map "COLUMN=comment".'] : []),
    `${added}${would} added, ${ofKnownCustomers} of them by customers that Zendesk has shown us.`,
    ...(known > 0 ? [`${known} left out: imported before, or twice in the file.`] : []),
    ...(own > 0 ? [`${own} left out: our own survey has them.`] : []),
    ...(withoutWords > 0 ? [`${withoutWords} without their comment: it is older than retention.words keeps.`] : []),
    ...(rejected.length > 0
      ? [`${rejected.length} rows set aside${rejects === null ? '' : `, listed in ${rejects}`}:`]
      : []),
    ...rejected.slice(0, SHOWN).map(({ line, problem }) => `  line ${line}: ${problem}`),
    ...(rejected.length > SHOWN ? [`  and ${rejected.length - SHOWN} more (--rejects FILE lists all)`] : []),
    ...(dryRun ? ['Nothing was stored: this was a dry run.'] : []),
    ...(id === null ? [] : [`To undo it: deskwright answers undo-import ${id}`]),
  ];
}
