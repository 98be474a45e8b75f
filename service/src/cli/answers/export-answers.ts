// `deskwright answers export`: answers, everybody who was to be surveyed, or every submission, as CSV or as one JSON object a line.

import type { Database } from '../../platform/storage/database.ts';
import { type CsvValue, writeCsv } from '../../platform/text-files/csv.ts';
import {
  ANSWERS_EXPORT,
  type Export,
  type ExportedRow,
  INVITATIONS_EXPORT,
  readExport,
  SUBMISSIONS_EXPORT,
} from '../../surveys/index.ts';

export const EXPORT_FORMATS = ['csv', 'jsonl'] as const;

const EXPORTS = { answers: ANSWERS_EXPORT, invitations: INVITATIONS_EXPORT, submissions: SUBMISSIONS_EXPORT };
export type Exported = keyof typeof EXPORTS;
export const EXPORTED = Object.keys(EXPORTS) as Exported[];

interface ExportDeps {
  db: Database;
  what: Exported;
  format: (typeof EXPORT_FORMATS)[number];
  /** Takes text as it is. */
  write: (text: string) => unknown;
  /** Rows read at a time. */
  pageSize?: number;
}

/** @returns the exit code 0, also without rows: CSV is then the header alone */
export async function runExport({ db, what, format, write, pageSize }: ExportDeps): Promise<0> {
  const wanted: Export = EXPORTS[what];
  if (format === 'csv') await write(writeCsv(wanted.columns, []));
  for await (const page of readExport(db, wanted, pageSize))
    await write(
      format === 'jsonl'
        ? page.map((row) => `${JSON.stringify(row)}\n`).join('')
        : withoutHeader(
            writeCsv(
              wanted.columns,
              page.map((row) => cellsOf(wanted, row)),
            ),
          ),
    );
  return 0;
}

const cellsOf = ({ columns }: Export, row: ExportedRow): CsvValue[] =>
  columns.map((column) => {
    const value = row[column] ?? null;
    if (value === null || typeof value === 'string' || typeof value === 'number') return value;
    if (typeof value === 'boolean') return String(value);
    return Array.isArray(value) ? value.join(' ') : JSON.stringify(value);
  });

const withoutHeader = (csv: string): string => csv.slice(csv.indexOf('\r\n') + 2);
