// Reads a CSV file of people to survey, and finds them among the stored Zendesk users.
import { readFile } from 'node:fs/promises';
import { inArray, or, sql } from 'drizzle-orm';
import { people } from '../../directory/tables.ts';
import type { Database } from '../../platform/storage/database.ts';
import { readCsv } from '../../platform/text-files/csv.ts';
import { decodeText } from '../../platform/text-files/decode-text.ts';

export interface PeopleOfFile {
  readonly requesterIds: readonly number[];
  /** Lines of nobody whom we know; they are left out. */
  readonly unknownLines: readonly number[];
  /** Lines with more cells than the header, of which nobody knows what is where; they are left out. */
  readonly unreadableLines: readonly number[];
}

const CHUNK = 1_000;

/** @throws Error with what to do when the file cannot be read, names nobody, or has neither a column `user_id` nor `email` */
export async function readPeopleFile(db: Database, path: string): Promise<PeopleOfFile> {
  const decoded = decodeText(await readFile(path));
  if (!decoded.ok) throw new Error(`${path}: ${decoded.reason}.`);
  const { lines, unreadableLines } = await readLines(path, decoded.text);
  const ids = new Set<number>();
  const unknownLines: number[] = [];
  for (let from = 0; from < lines.length; from += CHUNK) {
    const part = lines.slice(from, from + CHUNK);
    const rows = await db
      .select({ id: people.id, email: sql<string>`coalesce(lower(trim(${people.email})), '')` })
      .from(people)
      .where(
        or(
          inArray(
            people.id,
            part.flatMap(({ id }) => id ?? []),
          ),
          inArray(
            sql`lower(trim(${people.email}))`,
            part.flatMap(({ email }) => email ?? []),
          ),
        ),
      );
    const byEmail = new Map(rows.map(({ id, email }) => [email, id]));
    const known = new Set(rows.map(({ id }) => id));
    for (const { line, id, email } of part) {
      const found = id !== null && known.has(id) ? id : byEmail.get(email ?? '-');
      if (found === undefined) unknownLines.push(line);
      else ids.add(found);
    }
  }
  return { requesterIds: [...ids], unknownLines, unreadableLines };
}

interface PersonLine {
  readonly line: number;
  readonly id: number | null;
  readonly email: string | null;
}

async function readLines(
  path: string,
  text: string,
): Promise<{ lines: PersonLine[]; unreadableLines: readonly number[] }> {
  const [head, ...rows] = await readCsv(path, text);
  if (head === undefined || rows.length === 0)
    throw new Error(
      `${path} names nobody: it needs a first line with the names of the columns, and a line for each person.`,
    );
  const names = head.cells.map((name) => name.toLowerCase().replace(/[\s-]+/g, '_'));
  const [idAt, emailAt] = [names.indexOf('user_id'), names.findIndex((name) => name === 'email' || name === 'e_mail')];
  if (idAt === -1 && emailAt === -1)
    throw new Error(`${path} has neither a column user_id nor email: name one of them so in its first line.`);
  const isReadable = ({ cells }: (typeof rows)[number]) => cells.slice(names.length).every((cell) => cell === '');
  return {
    lines: rows.filter(isReadable).map(({ line, cells }) => {
      const [id, email] = [cells[idAt] ?? '', cells[emailAt] ?? ''];
      return {
        line,
        id: /^[1-9]\d{0,14}$/.test(id) ? Number(id) : null,
        email: email === '' ? null : email.toLowerCase(),
      };
    }),
    unreadableLines: rows.filter((row) => !isReadable(row)).map(({ line }) => line),
  };
}
