// Writes entries of the books as JSON Lines or CSV, one at a time.
import { type CsvValue, writeCsv } from '../../platform/text-files/write-csv.ts';

export interface EntryWriter {
  readonly format: 'jsonl' | 'csv';
  /** Takes text as it is. */
  readonly write: (text: string) => unknown;
}

/**
 * @param columns in this order
 * @returns the exit code 0, also without entries: CSV is then the header alone
 */
export async function exportEntries<Column extends string>(
  entries: AsyncIterable<Readonly<Record<Column, CsvValue | Date>>>,
  columns: readonly Column[],
  { format, write }: EntryWriter,
): Promise<0> {
  const header = writeCsv(columns, []);
  if (format === 'csv') await write(header);
  for await (const entry of entries) {
    const values = columns.map((column): CsvValue => {
      const value = entry[column];
      return value instanceof Date ? value.toISOString() : value;
    });
    const line =
      format === 'csv'
        ? writeCsv(columns, [values]).slice(header.length)
        : `${JSON.stringify(Object.fromEntries(columns.map((column, n) => [column, values[n]])))}\n`;
    await write(line);
  }
  return 0;
}
