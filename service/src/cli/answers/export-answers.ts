// `deskwright answers export`: all answers that count, as CSV or as one JSON object a line.

import type { Database } from '../../platform/storage/database.ts';
import { type CsvValue, writeCsv } from '../../platform/text-files/write-csv.ts';
import { ANSWER_COLUMNS, type ExportedAnswer, exportAnswers } from '../../surveys/index.ts';

export const EXPORT_FORMATS = ['csv', 'jsonl'] as const;

interface ExportDeps {
  db: Database;
  format: (typeof EXPORT_FORMATS)[number];
  /** Takes text as it is. */
  write: (text: string) => unknown;
  /** Answers read at a time. */
  pageSize?: number;
}

/** @returns the exit code 0, also without answers: CSV is then the header alone */
export async function runExportAnswers({ db, format, write, pageSize }: ExportDeps): Promise<0> {
  if (format === 'csv') await write(writeCsv(ANSWER_COLUMNS, []));
  for await (const page of exportAnswers(db, pageSize))
    await write(
      format === 'jsonl'
        ? page.map((answer) => `${JSON.stringify(answer)}\n`).join('')
        : withoutHeader(writeCsv(ANSWER_COLUMNS, page.map(cellsOf))),
    );
  return 0;
}

const cellsOf = (answer: ExportedAnswer): CsvValue[] =>
  ANSWER_COLUMNS.map((column) => {
    const value = answer[column];
    if (value === null || typeof value === 'string' || typeof value === 'number') return value;
    return typeof value === 'boolean' ? String(value) : value.join(' ');
  });

const withoutHeader = (csv: string): string => csv.slice(csv.indexOf('\r\n') + 2);
