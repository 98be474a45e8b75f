// Reads the rows of a CSV file that another program exported, and writes CSV that spreadsheets open safely.
import { type CsvError, type Info, parse } from 'csv-parse';
import { stringify } from 'csv-stringify/sync';

export interface CsvRow {
  /** In the file, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

const SEPARATORS = [',', ';', '\t', '|'];
/** Excel's own first line, which names the separator: `sep=;`. */
export const SEPARATOR_LINE = /^\s*"?sep=(.)"?[^\S\r\n]*(?:\r\n|\n|\r)/i;

/**
 * All rows, the header included, with trimmed cells; empty lines are left out. Lines may end as on Windows, Unix or an old Mac.
 * @param text without byte order mark
 * @throws Error with what to do for a file with a quote that never ends
 */
export async function readCsv(file: string, text: string): Promise<CsvRow[]> {
  const [first, named] = SEPARATOR_LINE.exec(text) ?? [];
  const body = first === undefined ? text : text.slice(first.length);
  const linesBefore = first === undefined ? 0 : first.split(/\r\n|\n|\r/).length - 1;
  const parser = parse(body, {
    delimiter: named ?? separatorOf(body),
    info: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  const rows: CsvRow[] = [];
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>)
      rows.push({ line: info.lines + linesBefore, cells: record.map(readCell) });
  } catch (error) {
    const { message } = error as CsvError;
    throw new Error(`${file} cannot be read as CSV: ${message}. Export it again, or correct that line.`, {
      cause: error,
    });
  }
  return rows;
}

/** PostgreSQL stores no NUL. */
const readCell = (cell: string): string => cell.replaceAll('\0', '').trim();

/** The one that stands most often in the header, outside of quotes; a comma, if none does. */
function separatorOf(text: string): string {
  const head =
    text
      .slice(0, 100_000)
      .replaceAll(/"(?:[^"]|"")*"/g, '')
      .replace(/^[\r\n]+/, '')
      .split(/[\r\n]/, 1)[0] ?? '';
  const times = (separator: string): number => head.split(separator).length;
  return SEPARATORS.toSorted((a, b) => times(b) - times(a))[0] ?? ',';
}

export type CsvValue = string | number | null;

/**
 * CSV by RFC 4180, with a header. A text that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, "CSV injection"); numbers
 * stay numbers. Null is an empty field.
 */
export function writeCsv(columns: readonly string[], rows: readonly (readonly CsvValue[])[]): string {
  return stringify([columns, ...rows] as CsvValue[][], {
    escape_formulas: true,
    record_delimiter: 'windows',
    // Left out, this package quotes no line ends once the delimiter is set.
    quote_record_delimiter: true,
  });
}
