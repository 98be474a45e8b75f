// Reads the header and the rows of a CSV file of answers.
import { type CsvRow, readCsv } from '../../platform/text-files/csv.ts';

export type AnswerRow = CsvRow;

export interface UnreadableRow {
  readonly line: number;
  readonly problem: string;
}

export interface AnswerRows {
  readonly header: readonly string[];
  readonly rows: readonly AnswerRow[];
  readonly unreadable: readonly UnreadableRow[];
}

/**
 * A row with more or fewer cells than the header is unreadable, and stops no other.
 * @param text without byte order mark
 * @throws Error with what to do for a file without a header and a row, or with a quote that never ends
 */
export async function readAnswerRows(file: string, text: string): Promise<AnswerRows> {
  const [head, ...rows] = await readCsv(file, text);
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
