// Finds out what parts the columns of a CSV file.
import { columnName, WORDS } from './csv-columns.ts';
import { withHead } from './read-lines.ts';

export interface CsvHead {
  readonly delimiter: string;
  /** Lines before the one that names the columns, which `rest` leaves out. */
  readonly linesBefore: number;
  /** The whole text from the names of the columns on. */
  readonly rest: AsyncGenerator<string>;
}

const DELIMITERS = [',', ';', '\t', '|'];
/** For a file of one column, in which a comma is only a comma. No text holds it: ASCII's unit separator. */
const NONE = '\u001f';

/** A first line longer than this names no columns. */
const MOST_CHARACTERS = 100_000;

/** Excel's own first line, which tells the delimiter: `sep=;`. */
const SEPARATOR_LINE = /^\s*"?sep=(.)"?[^\S\r\n]*(?:\r\n|\n|\r)/i;

export async function readCsvHead(texts: AsyncGenerator<string>): Promise<CsvHead> {
  let head = '';
  for (;;) {
    const next = await texts.next();
    if (next.done) break;
    head += next.value;
    if (hasTwoLines(head) || head.length > MOST_CHARACTERS) break;
  }
  const [line, told] = SEPARATOR_LINE.exec(head) ?? [];
  const body = line === undefined ? head : head.slice(line.length);
  return {
    delimiter:
      told ??
      delimiterOf(
        body
          .trimStart()
          .slice(0, MOST_CHARACTERS)
          .split(/[\r\n]/, 1)[0] ?? '',
      ),
    linesBefore: line === undefined ? 0 : line.trimEnd().split(/\r\n|\n|\r/).length,
    rest: withHead(body, texts),
  };
}

/** The names of the columns, and a line `sep=;` above them. */
function hasTwoLines(head: string): boolean {
  return head.trimStart().split(/\r\n|\n|\r/, 3).length === 3;
}

/** The one that parts the most columns of the first line, of those that part off one with words. */
function delimiterOf(line: string): string {
  const ways = DELIMITERS.map((delimiter) => {
    const names = line.split(delimiter).map((name) => columnName(name.replaceAll('"', '')));
    return { delimiter, columns: names.length, known: names.some((name) => WORDS.includes(name)) };
  });
  const [best] = ways.toSorted((a, b) => Number(b.known) - Number(a.known) || b.columns - a.columns);
  return best === undefined || best.columns === 1 ? NONE : best.delimiter;
}
