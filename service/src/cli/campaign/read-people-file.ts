// Reads a CSV file of people to survey, and finds them among the stored Zendesk users.
import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { inArray, or, sql } from 'drizzle-orm';
import { people } from '../../directory/tables.ts';
import type { Database } from '../../platform/storage/database.ts';
import { decodeText } from '../../platform/text-files/decode-text.ts';

export interface PeopleOfFile {
  readonly requesterIds: readonly number[];
  /** Lines of nobody whom we know; they are left out. */
  readonly unknownLines: readonly number[];
}

const CHUNK = 1_000;

/** @throws Error with what to do when the file cannot be read, or has neither a column `user_id` nor `email` */
export async function readPeopleFile(db: Database, path: string): Promise<PeopleOfFile> {
  const decoded = decodeText(await readFile(path));
  if (!decoded.ok) throw new Error(`${path}: ${decoded.reason}.`);
  const lines = readLines(path, decoded.text);
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
  return { requesterIds: [...ids], unknownLines };
}

interface PersonLine {
  readonly line: number;
  readonly id: number | null;
  readonly email: string | null;
}

function readLines(path: string, text: string): PersonLine[] {
  let rows: { record: Record<string, string>; info: { lines: number } }[];
  try {
    rows = parse(text, {
      columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()),
      info: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      delimiter: [',', ';', '\t'],
    });
  } catch (error) {
    throw new Error(`${path} is not a CSV file: ${error instanceof Error ? error.message : String(error)}.`, {
      cause: error,
    });
  }
  const [first] = rows;
  if (first && !('user_id' in first.record) && !('email' in first.record))
    throw new Error(`${path} has neither a column user_id nor email: name one of them so in its first line.`);
  return rows.map(({ record, info }) => ({
    line: info.lines,
    id: /^[1-9]\d{0,14}$/.test(record.user_id ?? '') ? Number(record.user_id) : null,
    email: record.email ? record.email.toLowerCase() : null,
  }));
}
