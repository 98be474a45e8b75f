// Reads the tickets of a CSV file, and detects its delimiter and columns.
import { Readable } from 'node:stream';
import { type CsvError, type Info, parse } from 'csv-parse';
import { SEPARATOR_LINE } from '../../platform/text-files/csv.ts';
import { BadTicketFile, factsFromMessage, type TicketInFile, type UnreadableRecord, withHead } from './ticket-file.ts';

interface Parsed {
  readonly record: readonly string[];
  readonly info: Info;
}

/**
 * Reads tickets row by row; only the current row is in memory. Columns are separated by commas, semicolons or tabs, as detected from the first line.
 * That line names them: `message`, or `subject` and `description` (one of the two is enough); `id` and
 * `created_at` are used if they are there; others are read only when asked for by name.
 * @throws BadTicketFile for a file without such columns
 */
export async function* readCsvTickets(
  texts: AsyncGenerator<string>,
  file: string,
  now: number,
): AsyncGenerator<TicketInFile | UnreadableRecord> {
  const { delimiter, linesBefore, rest } = await readCsvHead(texts);
  const skipped: CsvError[] = [];
  const parser = parse({
    delimiter,
    info: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      if (error) skipped.push(error);
    },
  });
  const lineOf = (lines: number): string => `${file}, line ${lines + linesBefore}`;
  const source = Readable.from(rest);
  source.once('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let names: readonly string[] | undefined;
  let row = 0;
  function* skippedRecords(): Generator<UnreadableRecord> {
    for (const { message, ...error } of skipped.splice(0))
      yield { row: ++row, problem: `${lineOf(Number((error as Partial<Info>).lines))}: ${message}` };
  }
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      if (names === undefined) {
        if (record.every((cell) => cell.trim() === '')) continue;
        names = record.map(columnName);
        checkColumns(names, lineOf(info.lines));
        continue;
      }
      yield* skippedRecords();
      row++;
      if (record.length !== names.length) {
        const problem = `${lineOf(info.lines)}: columns length is ${names.length}, got ${record.length}; put a text that contains line breaks or the delimiter in quotes`;
        yield { row, problem };
      } else yield ticketOf(names, record, row, now);
    }
    yield* skippedRecords();
  } finally {
    source.destroy();
  }
  if (row === 0)
    throw new BadTicketFile(`${file} has no tickets: it needs a first line with ${COLUMNS} and at least one row.`);
}

function ticketOf(names: readonly string[], record: readonly string[], row: number, now: number): TicketInFile {
  const valueOf = (name: string): string | undefined => record[names.indexOf(name)];
  const id = valueOf('id');
  const ticketId = id !== undefined && /^\d{1,15}$/.test(id.trim()) ? Number(id) : row;
  const words = {
    message: valueOf('message'),
    subject: valueOf('subject'),
    description: valueOf('description'),
  };
  return {
    row,
    id: id === undefined ? null : ticketId === Number(id) ? ticketId : id,
    facts: factsFromMessage(words, ticketId, now, timeIn(valueOf('created at')) ?? now),
    column: (name) => valueOf(columnName(name)) ?? null,
  };
}

/** Epoch milliseconds; undefined: there is none, or it is no time. */
function timeIn(text: string | undefined): number | undefined {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? undefined : time;
}

function checkColumns(names: readonly string[], where: string): void {
  const known = names.filter((name) => WORDS.includes(name));
  if (known.length === 0) throw new BadTicketFile(`${where}: it needs ${COLUMNS}; it has ${names.join(', ')}.`);
  const twice = known.find((name, at) => known.indexOf(name) !== at);
  if (twice !== undefined) throw new BadTicketFile(`${where}: two columns are named "${twice}"; keep one.`);
}

interface CsvHead {
  readonly delimiter: string;
  /** The number of lines before the header, which `rest` leaves out. */
  readonly linesBefore: number;
  /** The text from the header on. */
  readonly rest: AsyncGenerator<string>;
}

const DELIMITERS = [',', ';', '\t', '|'];
/** The delimiter for a file with one column, in which commas are text: ASCII's unit separator, which no text contains. */
const NONE = '\u001f';

/** A longer first line is not a header. */
const MOST_CHARACTERS = 100_000;

async function readCsvHead(texts: AsyncGenerator<string>): Promise<CsvHead> {
  let head = '';
  for (;;) {
    const next = await texts.next();
    if (next.done) break;
    head += next.value;
    if (hasTwoLines(head) || head.length > MOST_CHARACTERS) break;
  }
  const [line, separator] = SEPARATOR_LINE.exec(head) ?? [];
  const body = line === undefined ? head : head.slice(line.length);
  return {
    delimiter:
      separator ??
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

/** Reads the header, and a `sep=;` line above it. */
function hasTwoLines(head: string): boolean {
  return head.trimStart().split(/\r\n|\n|\r/, 3).length === 3;
}

/** Of the delimiters that yield a text column, the one that yields the most columns in the first line. */
function delimiterOf(line: string): string {
  const ways = DELIMITERS.map((delimiter) => {
    const names = line.split(delimiter).map((name) => columnName(name.replaceAll('"', '')));
    return { delimiter, columns: names.length, known: names.some((name) => WORDS.includes(name)) };
  });
  const [best] = ways.toSorted((a, b) => Number(b.known) - Number(a.known) || b.columns - a.columns);
  return best === undefined || best.columns === 1 ? NONE : best.delimiter;
}

/** The columns with the ticket's text. */
const WORDS = ['message', 'subject', 'description'];

const COLUMNS = 'a column "message", or "subject" and "description"';

/** Zendesk's own exports name the column `Ticket subject`. */
function columnName(written: string): string {
  const name = written
    .replace(/[\s_]+/gu, ' ')
    .trim()
    .toLowerCase();
  return name.startsWith('ticket ') ? name.slice('ticket '.length) : name;
}
