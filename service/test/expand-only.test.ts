// A migration only adds to the database, so that the former version can run beside the new one, and after it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '..', 'src', 'platform', 'storage', 'migrations');
/** From before the first release: an index renamed, and one made unique. */
const BEFORE_A_RELEASE: readonly string[] = ['0003_queue_without_departments.sql', '0009_message_ids.sql'];

/**
 * Columns that may be null since. The former version reads them by a ticket's id, so it meets no such row except as one to send: it
 * then cancels it. Only `deskwright campaign` of the new version writes such rows, which the upgrade guide says to start last.
 */
const NULLABLE_SINCE = /^ALTER TABLE invitations ALTER COLUMN (?:ticket_id|solved_at|category) DROP NOT NULL$/;

const CONTRACTS: readonly [RegExp, string][] = [
  [/\bDROP\s+(?:TABLE|COLUMN|TYPE|VIEW|SCHEMA|FUNCTION|SEQUENCE)\b/i, 'removes what the former version reads'],
  [/\bRENAME\b/i, 'takes away the name that the former version uses'],
  [
    /\bALTER\s+(?:COLUMN\s+)?"?\w+"?\s+(?:SET\s+DATA\s+)?TYPE\b/i,
    'changes a type that the former version reads and writes',
  ],
  [/\bSET\s+NOT\s+NULL\b/i, 'refuses rows that the former version writes'],
  [/\bDROP\s+(?:DEFAULT|NOT\s+NULL)\b/i, 'refuses rows that the former version writes, or shows it nulls'],
];

const read = (file: string) => readFileSync(join(FOLDER, file), 'utf8');

/** What the former version could not live with. */
function contractions(sql: string): string[] {
  const statements = sql
    .replaceAll(/--.*$/gm, '')
    // What a function does once it is called is not done by the migration.
    .replaceAll(/\bAS \$\$.*?\$\$/gs, '')
    .split(';')
    .map((statement) => statement.trim().replaceAll(/\s+/g, ' '));
  const made = new Set(
    statements.flatMap((text) => /^CREATE TABLE (?:IF NOT EXISTS )?"?(\w+)/i.exec(text)?.[1]?.toLowerCase() ?? []),
  );
  /** Replaced by one of the same name, which allows more values. */
  const replaced = new Set(
    statements.flatMap((text) => /\bDROP CONSTRAINT (?:IF EXISTS )?"?(\w+)/i.exec(text)?.[1] ?? []),
  );
  return statements.flatMap((statement) => {
    if (NULLABLE_SINCE.test(statement)) return [];
    const found = CONTRACTS.filter(([pattern]) => pattern.test(statement)).map(([, why]) => why);
    const table = /^(?:ALTER TABLE(?: IF EXISTS)?|CREATE UNIQUE INDEX.*? ON)(?: ONLY)? "?(\w+)/i
      .exec(statement)?.[1]
      ?.toLowerCase();
    if (table !== undefined && !made.has(table)) {
      const added = /\bADD CONSTRAINT "?(\w+)/i.exec(statement)?.[1];
      const isReplaced = added !== undefined && replaced.has(added);
      if (
        /^CREATE UNIQUE INDEX/i.test(statement) ||
        (!isReplaced && /\bADD (?:CONSTRAINT|CHECK|UNIQUE|FOREIGN KEY|PRIMARY KEY)\b/i.test(statement))
      )
        found.push('refuses rows that the former version writes');
      for (const column of statement.split(/\bADD (?:COLUMN )?/i).slice(1))
        if (/\bNOT NULL\b/i.test(column) && !/\b(?:DEFAULT|GENERATED)\b/i.test(column))
          found.push('adds a column that the former version does not fill');
    }
    return found.map((why) => `${statement.slice(0, 100)}: ${why}`);
  });
}

const migrations = readdirSync(FOLDER).filter((name) => name.endsWith('.sql') && !BEFORE_A_RELEASE.includes(name));

test.each(migrations)('%s only adds', (file) => {
  expect(contractions(read(file))).toEqual([]);
});

test.each([
  'ALTER TABLE tickets DROP COLUMN words',
  'DROP TABLE tickets',
  'DO $$ BEGIN DROP TABLE tickets; END $$',
  'ALTER TABLE "tickets" RENAME COLUMN words TO text',
  'ALTER TABLE tickets ALTER COLUMN words TYPE integer',
  'ALTER TABLE tickets ALTER words SET NOT NULL',
  'ALTER TABLE tickets ALTER COLUMN words DROP DEFAULT',
  'ALTER TABLE tickets ADD COLUMN words text NOT NULL',
  'ALTER TABLE tickets ADD COLUMN a text, ADD words text NOT NULL',
  'ALTER TABLE tickets ADD CONSTRAINT short CHECK (length(words) < 9)',
  'CREATE UNIQUE INDEX tickets_words ON tickets (words)',
])('%s is found', (sql) => {
  expect(contractions(`-- first\n${sql};`)).toHaveLength(1);
});

test.each([
  'CREATE TABLE notes (id bigint PRIMARY KEY, words text NOT NULL); CREATE UNIQUE INDEX notes_words ON notes (words)',
  "ALTER TABLE tickets ADD COLUMN words text NOT NULL DEFAULT ''",
  'ALTER TABLE tickets ADD COLUMN words text',
  'DROP INDEX tickets_words',
  "CREATE FUNCTION drop_month() RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'DROP TABLE months'; END $$",
])('%s may be done', (sql) => {
  expect(contractions(sql)).toEqual([]);
});
