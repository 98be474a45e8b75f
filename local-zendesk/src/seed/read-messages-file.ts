// Reads messages for the backlog from a CSV file.
import { readFileSync } from 'node:fs';
import { CsvError, parse } from 'csv-parse/sync';

export interface MessageRow {
  message: string;
  category: string;
  intent: string | null;
}

/**
 * Reads a CSV with a header line and the columns `message`, `category` and (optional) `intent`.
 * @throws Error with file, line and what to do, when it cannot be read, lacks a column or has a broken or empty row.
 */
export function readMessagesFile(file: string): MessageRow[] {
  const text = read(file);
  const rows = parseRows(file, text);
  const first = rows[0];
  if (first === undefined)
    throw new Error(
      `${file} has no messages: a header line "message,category,intent" and at least one row are needed.`,
    );
  for (const column of ['message', 'category']) {
    if (!(column in first.record)) {
      throw new Error(
        `${file}, line 1: there is no column "${column}". The header must name message, category and intent; it names ${Object.keys(first.record).join(', ')}.`,
      );
    }
  }
  return rows.map(({ record, info }) => {
    const message = record['message']?.trim() ?? '';
    if (message === '')
      throw new Error(`${file}, line ${info.lines}: the message is empty. Write one or delete the line.`);
    return { message, category: record['category']?.trim() ?? '', intent: record['intent']?.trim() ?? null };
  });
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(
      `Cannot read the messages file ${file}: ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
      },
    );
  }
}

type Row = { record: Record<string, string>; info: { lines: number } };

function parseRows(file: string, text: string): Row[] {
  try {
    return parse(text, { bom: true, columns: true, info: true, skip_empty_lines: true }) as unknown as Row[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines } = error;
    throw new Error(`${file}, line ${typeof lines === 'number' ? lines : '?'}: ${error.message}`, { cause: error });
  }
}
