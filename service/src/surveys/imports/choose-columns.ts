// Maps the columns of another tool's export to fields, by their names.
import type { AnswerRows } from './read-answer-rows.ts';

export const IMPORT_SOURCES = ['typeform', 'simplesat'] as const;
export type ImportSource = (typeof IMPORT_SOURCES)[number] | 'other';

/** For people. */
export const nameOfSource = (source: ImportSource): string =>
  ({ typeform: 'Typeform', simplesat: 'SimpleSAT', other: 'another tool' })[source];

/** `id`: the other tool's own id of the answer. */
export const IMPORT_FIELDS = ['id', 'score', 'comment', 'email', 'user_id', 'ticket_id', 'answered_at'] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

export interface ChosenColumns {
  readonly source: ImportSource;
  /** Positions in the header. */
  readonly columns: Readonly<Partial<Record<ImportField, number>>>;
  /** The name of the column of dates says that they are in UTC. */
  readonly isUtc: boolean;
}

type Names = Readonly<Partial<Record<ImportField, readonly string[]>>>;

/**
 * Lower case. Typeform: the response id is `#`, the questions are columns named by their words, and the end has `Response Type`,
 * `Start Date (UTC)`, `Stage Date (UTC)`, `Submit Date (UTC)`, `Network ID`, `Tags`; hidden fields are columns by their own name.
 * SimpleSAT: the names of its answers API (v1) and of its pages, as its CSV is not documented.
 */
const KNOWN: Readonly<Record<(typeof IMPORT_SOURCES)[number], Names>> = {
  typeform: {
    id: ['#', 'response id', 'token'],
    email: ['email', 'e-mail', 'email address', 'your email'],
    user_id: ['user_id', 'requester_id', 'zendesk_user_id'],
    ticket_id: ['ticket_id', 'ticket id', 'ticket'],
    answered_at: ['submit date (utc)', 'submitted at', 'submit date'],
  },
  simplesat: {
    id: ['answer id', 'id', 'response id'],
    score: ['choice', 'rating', 'score', 'answer'],
    comment: ['comment', 'comments', 'feedback', 'follow up answer', 'follow-up answer', 'follow_up_answer'],
    email: ['customer email', 'email', 'customer_email'],
    ticket_id: ['ticket id', 'ticket external id', 'ticket_id', 'external ticket id', 'ticket number'],
    answered_at: ['created', 'date', 'answered at', 'created at', 'response date', 'time', 'submitted at'],
  },
};

/**
 * @param options.map what a person says, by column; it goes before what is known
 * @throws Error with what to do: a column that is not there or is there twice, an unknown tool, no score or date
 */
export function chooseColumns(
  { header, rows }: Pick<AnswerRows, 'header' | 'rows'>,
  options: { from: (typeof IMPORT_SOURCES)[number] | null; map: Readonly<Record<string, ImportField>> },
): ChosenColumns {
  const names = header.map((name) => name.toLowerCase());
  const source = options.from ?? recognise(names);
  const columns: Partial<Record<ImportField, number>> = {};
  for (const [name, field] of Object.entries(options.map)) columns[field] = positionOf(header, name);
  for (const field of IMPORT_FIELDS) {
    const known = source === 'other' ? [] : (KNOWN[source][field] ?? []);
    const at = known.map((name) => names.indexOf(name)).find((position) => position !== -1);
    if (columns[field] === undefined && at !== undefined) columns[field] = at;
  }
  const numbers =
    columns.score === undefined ? onlyColumnOfNumbers({ header, rows }, Object.values(columns)) : undefined;
  if (numbers !== undefined) columns.score = numbers;
  const missing = (['score', 'answered_at'] as const).filter((field) => columns[field] === undefined);
  if (missing.length > 0)
    throw new Error(
      `Which column holds ${missing.join(', and which ')}? Say so with ${missing.map((field) => `--map "COLUMN=${field}"`).join(' ')}. The columns are: ${header.map((name) => `"${name}"`).join(', ')}.`,
    );
  return { source, columns, isUtc: /\(utc\)/i.test(header[columns.answered_at ?? -1] ?? '') };
}

function recognise(names: readonly string[]): ImportSource {
  if (names.includes('#') || names.includes('submit date (utc)') || names.includes('network id')) return 'typeform';
  return names.includes('sentiment') || names.includes('choice') ? 'simplesat' : 'other';
}

function positionOf(header: readonly string[], name: string): number {
  const wanted = name.trim().toLowerCase();
  const found = header.flatMap((one, at) => (one.toLowerCase() === wanted ? [at] : []));
  const [first] = found;
  if (first === undefined)
    throw new Error(`There is no column "${name}". The columns are: ${header.map((one) => `"${one}"`).join(', ')}.`);
  if (found.length > 1) throw new Error(`${found.length} columns are named "${name}": rename all but one.`);
  return first;
}

/** Of the cells of a column of scores; or one cell. They are set aside later. */
const MOST_ODD = 0.1;

/** Typeform names the column of the score by the question's words: it is the only one with numbers of a scale. */
function onlyColumnOfNumbers(
  { header, rows }: Pick<AnswerRows, 'header' | 'rows'>,
  taken: readonly number[],
): number | undefined {
  const found = header
    .map((_name, at) => at)
    .filter((at) => !taken.includes(at) && !/\bid$/i.test(header[at] ?? ''))
    .filter((at) => {
      const filled = rows.map(({ cells }) => cells[at] ?? '').filter((cell) => cell !== '');
      const odd = filled.filter((cell) => !/^(?:\d|10)$/.test(cell)).length;
      return filled.length > odd && odd <= Math.max(1, MOST_ODD * filled.length);
    });
  return found.length === 1 ? found[0] : undefined;
}
