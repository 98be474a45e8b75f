// Reads the rows of a CSV file of answers, and detects its separator.
import { type CsvError, type Info, parse } from 'csv-parse';

export interface AnswerRow {
  /** In the file, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface UnreadableRow {
  readonly line: number;
  readonly problem: string;
}

export interface AnswerRows {
  readonly header: readonly string[];
  readonly rows: readonly AnswerRow[];
  readonly unreadable: readonly UnreadableRow[];
}

const SEPARATORS = [',', ';', '\t', '|'];
/** Excel's own first line, which names the separator: `sep=;`. */
const SEPARATOR_LINE = /^"?sep=(.)"?\r?\n/i;

/**
 * A row with more or fewer cells than the header is unreadable, and stops no other.
 * @param text without byte order mark
 * @throws Error with what to do for a file without a header and a row, or with a quote that never ends
 */
export async function readAnswerRows(file: string, text: string): Promise<AnswerRows> {
  const [first, named] = SEPARATOR_LINE.exec(text) ?? [];
  const body = first === undefined ? text : text.slice(first.length);
  const linesBefore = first === undefined ? 0 : 1;
  const parser = parse(body, {
    delimiter: named ?? separatorOf(body),
    info: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  const read: AnswerRow[] = [];
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>)
      read.push({ line: info.lines + linesBefore, cells: record.map(readCell) });
  } catch (error) {
    const { message } = error as CsvError;
    throw new Error(`${file} cannot be read as CSV: ${message}. Export it again, or mend that line.`, { cause: error });
  }
  const [head, ...rows] = read;
  if (head === undefined || rows.length === 0)
    throw new Error(
      `${file} has no answers: it needs a first line with the names of the columns and at least one row.`,
    );
  const isWhole = ({ cells }: AnswerRow) => cells.length === head.cells.length;
  return {
    header: head.cells,
    rows: rows.filter(isWhole),
    unreadable: rows
      .filter((row) => !isWhole(row))
      .map(({ line, cells }) => ({
        line,
        problem: `it has ${cells.length} cells instead of ${head.cells.length}: a text with the separator or a line break needs quotes`,
      })),
  };
}

/** PostgreSQL stores no NUL. */
const readCell = (cell: string): string => cell.replaceAll('\0', '').trim();

/** The one that stands most often in the header, outside of quotes; a comma, if none does. */
function separatorOf(text: string): string {
  const head =
    text
      .slice(0, 100_000)
      .replaceAll(/"(?:[^"]|"")*"/g, '')
      .split(/[\r\n]/, 1)[0] ?? '';
  const times = (separator: string): number => head.split(separator).length;
  return SEPARATORS.toSorted((a, b) => times(b) - times(a))[0] ?? ',';
}
