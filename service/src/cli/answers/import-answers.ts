// `deskwright answers import`: imports answers from another survey tool's CSV export.
import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Policy, SURVEY_KINDS } from '@deskwright/shared';
import type { Database } from '../../platform/storage/database.ts';
import { daysBefore } from '../../platform/storage/delete-old-rows.ts';
import { writeCsv } from '../../platform/text-files/csv.ts';
import { decodeText } from '../../platform/text-files/decode-text.ts';
import {
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
  readonly dryRun: boolean;
  readonly onProgress?: (done: number, all: number) => void;
}

const SHOWN = 10;
/** With fewer answers it says little that nobody gave the highest score. */
const ENOUGH_FOR_SCALE = 20;

/**
 * @returns the exit code: 1 if no row is an answer
 * @throws Error with what to do when the file cannot be read
 */
export async function runImportAnswers(deps: ImportDeps, options: ImportOptions): Promise<0 | 1> {
  const { db, json, out, now, who } = deps;
  const { path, policy, survey, timeZone, dryRun, rejects } = options;
  const rows = await readAnswerRows(path, decode(path, await readFile(path), options.encoding));
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
  if (encoding !== null) return new TextDecoder(encoding).decode(bytes);
  const decoded = decodeText(bytes);
  if (!decoded.ok) throw new Error(`${path}: ${decoded.reason}, or name its encoding with --encoding.`);
  return decoded.text;
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
  const highest = answers.reduce((most, { score }) => Math.max(most, score), 0);
  const { highest: top } = SURVEY_KINDS[survey];
  const would = dryRun ? ' would be' : '';
  return [
    `Read as ${survey.toUpperCase()} from ${nameOfSource(source)}: ${Object.entries(columns)
      .map(([field, name]) => `${field} from "${name}"`)
      .join(', ')}; times without a zone are in ${timeZone}.`,
    ...(first && last
      ? [`${answers.length} answers, from ${first.toISOString()} to ${last.toISOString()}.`]
      : ['No row is an answer.']),
    ...(columns['comment'] === undefined ? ['No comments: name their column with --map "COLUMN=comment".'] : []),
    ...(answers.length >= ENOUGH_FOR_SCALE && highest < top
      ? [
          `The highest score is ${highest}, and ${survey} goes to ${top}: if the scale was another one, do not import it.`,
        ]
      : []),
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
