// `deskwright refunds goodwill`: exports what agents gave as goodwill, for finance.
import type { Database } from '../../platform/storage/database.ts';
import { writeCsv } from '../../platform/text-files/write-csv.ts';
import { type GoodwillEntry, readGoodwill } from '../../refunds/index.ts';

/** The columns of an export, in this order. */
const COLUMNS = [
  'id',
  'at',
  'kind',
  'item',
  'itemKind',
  'valueMinor',
  'currency',
  'ticketId',
  'agentId',
  'customer',
  'day',
  'budgetMinor',
  'perMonth',
  'rule',
  'policyHash',
  'requestId',
] as const satisfies readonly (keyof GoodwillEntry)[];

interface ExportDeps {
  db: Database;
  format: 'jsonl' | 'csv';
  /** Takes text as it is. */
  write: (text: string) => unknown;
}

/** @returns the exit code 0, also without entries: CSV is then the header alone */
export async function runExportGoodwill({ db, format, write }: ExportDeps): Promise<0> {
  const header = writeCsv(COLUMNS, []);
  if (format === 'csv') await write(header);
  for await (const entry of readGoodwill(db)) {
    const values = COLUMNS.map((column) => [column, column === 'at' ? entry.at.toISOString() : entry[column]] as const);
    if (format === 'jsonl') await write(`${JSON.stringify(Object.fromEntries(values))}\n`);
    else await write(writeCsv(COLUMNS, [values.map(([, value]) => value)]).slice(header.length));
  }
  return 0;
}
