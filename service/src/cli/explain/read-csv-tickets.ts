// Reads the tickets of a CSV file, and finds out how its columns are parted and named.
import { Readable } from 'node:stream';
import { type CsvError, type Info, parse } from 'csv-parse';
import { factsFromMessage } from './ticket-facts.ts';
import { BadTicketFile, type OddRecord, type TicketInFile, withHead } from './ticket-file.ts';

interface Parsed {
  readonly record: readonly string[];
  readonly info: Info;
}

/**
 * Reads tickets row by row; only what is being read is in memory. Columns are parted by commas, semicolons or tabs, as the first line
 * parts them. That line names them: `message`, or `subject` and `description` (one of the two is enough); `id` is used if it is there,
 * others are ignored.
 * @throws BadTicketFile for a file without such columns
 */
export async function* readCsvTickets(
  texts: AsyncGenerator<string>,
  file: string,
  now: number,
): AsyncGenerator<TicketInFile | OddRecord> {
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
  function* tellSkipped(): Generator<OddRecord> {
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
      yield* tellSkipped();
      row++;
      if (record.length !== names.length) {
        const problem = `${lineOf(info.lines)}: columns length is ${names.length}, got ${record.length}; a text with line breaks or the sign between columns stands in quotes`;
        yield { row, problem };
      } else yield ticketOf(names, record, row, now);
    }
    yield* tellSkipped();
  } finally {
    source.destroy();
  }
  if (row === 0)
    throw new BadTicketFile(`${file} has no tickets: a first line with ${COLUMNS} and at least one row are needed.`);
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
    facts: factsFromMessage(words, ticketId, now),
  };
}

function checkColumns(names: readonly string[], where: string): void {
  const known = names.filter((name) => WORDS.includes(name));
  if (known.length === 0) throw new BadTicketFile(`${where}: there must be ${COLUMNS}; there are ${names.join(', ')}.`);
  const twice = known.find((name, at) => known.indexOf(name) !== at);
  if (twice !== undefined) throw new BadTicketFile(`${where}: two columns are named "${twice}"; keep one.`);
}

interface CsvHead {
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

async function readCsvHead(texts: AsyncGenerator<string>): Promise<CsvHead> {
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

/** The columns whose words are read. */
const WORDS = ['message', 'subject', 'description'];

const COLUMNS = 'a column "message", or "subject" and "description"';

/** `Ticket subject`, as Zendesk's own exports write it, is `subject`. */
function columnName(written: string): string {
  const name = written
    .replace(/[\s_]+/gu, ' ')
    .trim()
    .toLowerCase();
  return name.startsWith('ticket ') ? name.slice('ticket '.length) : name;
}
