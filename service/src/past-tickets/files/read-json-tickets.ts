// Reads the tickets of a JSON file: one object per line, a list, or a page of Zendesk's API.
import {
  BadTicketFile,
  columnOf,
  factsFromZendeskTicket,
  MOST_CHARACTERS,
  type NamesById,
  readLines,
  type TicketInFile,
  type UnreadableRecord,
} from './ticket-file.ts';

/** A value of the file and its position. */
type Found = { readonly where: string; readonly value: unknown } | { readonly where: string; readonly problem: string };

/**
 * Reads Zendesk tickets. With one JSON value per line, only one line is in memory; a value over several lines is read as a whole. A value
 * may be a ticket, a list of them, or a page of the API (`{"tickets": [...]}`, `{"results": [...]}`).
 * @throws BadTicketFile for a file that is not JSON
 */
export async function* readJsonTickets(
  texts: AsyncGenerator<string>,
  file: string,
  now: number,
): AsyncGenerator<TicketInFile | UnreadableRecord> {
  let row = 0;
  for await (const found of valuesOf(texts, file)) yield ticketOf(found, ++row, now);
  if (row === 0)
    throw new BadTicketFile(`${file} has no tickets: it needs one JSON object per line, or a list of them.`);
}

/** The tickets of one line of a file with one JSON value per line; a blank line has none. `where` says which line it is. */
export function* ticketsOfLine(
  text: string,
  where: string,
  { row, now, names }: { readonly row: number; readonly now: number; readonly names?: NamesById | undefined },
): Generator<TicketInFile | UnreadableRecord> {
  for (const found of valuesOfLine(text, where)) yield ticketOf(found, row, now, names);
}

/** Whether a file that begins with this line has one JSON object per line. */
export const isLineOfJson = (line: string): boolean => /^\s*\{/.test(line) && parseJson(line).ok;

function ticketOf(found: Found, row: number, now: number, names?: NamesById): TicketInFile | UnreadableRecord {
  if ('problem' in found) return { row, problem: `${found.where}: ${found.problem}` };
  try {
    const facts = factsFromZendeskTicket(found.value, row, now, names);
    return { row, id: facts.ticketId, facts, column: (name) => columnOf(found.value, name) };
  } catch (error) {
    return { row, problem: `${found.where}: ${(error as Error).message}` };
  }
}

async function* valuesOf(texts: AsyncGenerator<string>, file: string): AsyncGenerator<Found> {
  const lines = readLines(texts, file);
  let line = 0;
  let first = '';
  // Leaving a `for await` loop would close the lines.
  while (first.trim() === '') {
    const next = await lines.next();
    if (next.done) return;
    line++;
    first = next.value;
  }
  const read = parseJson(first);
  if (!read.ok) {
    yield* valuesOfDocument({ text: first, line, message: read.message }, lines, file);
    return;
  }
  yield* ticketsIn(read.value, `${file}, line ${line}`);
  yield* valuesOfLines(lines, line, file);
}

async function* valuesOfLines(lines: AsyncGenerator<string>, before: number, file: string): AsyncGenerator<Found> {
  let line = before;
  for await (const text of lines) {
    line++;
    yield* valuesOfLine(text, `${file}, line ${line}`);
  }
}

function valuesOfLine(text: string, where: string): Iterable<Found> {
  if (text.trim() === '') return [];
  const read = parseJson(text);
  if (!read.ok) return [{ where, problem: `not valid JSON (${read.message})` }];
  // Only the first value may be a list without an object around it: then it is the only value.
  return Array.isArray(read.value) ? [{ where, value: read.value }] : ticketsIn(read.value, where);
}

/** A first line that is not JSON by itself starts a value over several lines, unless the second line is a ticket: then the first is a broken record. */
async function* valuesOfDocument(
  { text: begin, line, message }: { readonly text: string; readonly line: number; readonly message: string },
  lines: AsyncGenerator<string>,
  file: string,
): AsyncGenerator<Found> {
  const parts = [begin];
  let length = begin.length;
  let next = line;
  for (let read = await lines.next(); !read.done; read = await lines.next()) {
    next++;
    if (parts.length === 1 && read.value.startsWith('{') && parseJson(read.value).ok) {
      yield { where: `${file}, line ${line}`, problem: `not valid JSON (${message})` };
      yield* ticketsIn(JSON.parse(read.value), `${file}, line ${next}`);
      yield* valuesOfLines(lines, next, file);
      return;
    }
    parts.push(read.value);
    length += read.value.length;
    if (length > MOST_CHARACTERS)
      throw new BadTicketFile(
        `Cannot read ${file}: it is one JSON value of more than 100 MB; write one ticket per line.`,
      );
  }
  const text = parts.join('\n');
  const read = parseJson(text);
  if (!read.ok) {
    const at = Number(/position (\d+)/.exec(read.message)?.[1] ?? text.length);
    const bad = line + (text.slice(0, at).match(/\n/g)?.length ?? 0);
    throw new BadTicketFile(`${file}, line ${bad}: not valid JSON (${read.message}).`);
  }
  yield* ticketsIn(read.value, file);
}

function* ticketsIn(value: unknown, where: string): Generator<Found> {
  const list = listIn(value);
  if (list === null) yield { where, value };
  else for (const [at, one] of list.entries()) yield { where: `${where}, ticket ${at + 1}`, value: one };
}

function listIn(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value;
  if (typeof value !== 'object' || value === null) return null;
  const { tickets, results } = value as Readonly<Record<string, unknown>>;
  return [tickets, results].find((list) => Array.isArray(list)) ?? null;
}

type Parsed = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

function parseJson(text: string): Parsed {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    return { ok: false, message: (error as Error).message };
  }
}
