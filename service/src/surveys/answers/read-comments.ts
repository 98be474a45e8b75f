// Reads comments by the policy's lexicon: of a new answer at once, of all others after the lexicon was changed.
import { createHash } from 'node:crypto';
import { FOLDING_VERSION } from '@deskwright/shared';
import { and, asc, eq, gt, isNotNull, isNull, lt, ne, or } from 'drizzle-orm';
import { findDrivers, type Lexicon } from '../../decide/find-drivers.ts';
import { defineJob, NOTHING } from '../../platform/jobs/job-queue.ts';
import type { Database } from '../../platform/storage/database.ts';
import { importedAnswers } from '../imports/tables.ts';
import { responses } from '../tables.ts';

/** What is kept of a comment: ids of drivers, and by which lexicon. */
export const readComment = (comment: string, lexicon: Lexicon) => ({
  driversInWords: findDrivers(comment, lexicon),
  lexicon: lexiconHash(lexicon),
});

/** Null: there is no lexicon. Names do not count; how words are compared does. @internal */
export function lexiconHash(lexicon: Lexicon): string | null {
  if (lexicon.length === 0) return null;
  const words = JSON.stringify([FOLDING_VERSION, ...lexicon.map(({ driver, words: own }) => [driver, own])]);
  return createHash('sha256').update(words).digest('hex').slice(0, 16);
}

export const readCommentsJob = defineJob({
  name: 'read-comments',
  payload: NOTHING,
  schedule: { everyMs: 60_000, payload: {} },
});

const AT_A_TIME = 500;

/**
 * Reads the comments that were read by another lexicon, or before there was one, for as long as the service keeps them, imported ones too; an answer
 * whose words were erased keeps the drivers that it had. Returns how many were read. Aborted, it ends after those in hand.
 */
export async function readComments(
  db: Database,
  lexicon: Lexicon,
  signal: AbortSignal,
  atATime = AT_A_TIME,
): Promise<number> {
  const own = { table: responses, key: responses.invitationId };
  const imported = { table: importedAnswers, key: importedAnswers.id };
  let read = 0;
  for (const where of [own, imported]) {
    for (let some = -1; some !== 0 && !signal.aborted; read += some) some = await readSome(db, where, lexicon, atATime);
  }
  return read;
}

interface Where {
  readonly table: typeof responses | typeof importedAnswers;
  readonly key: typeof responses.invitationId | typeof importedAnswers.id;
}

async function readSome(db: Database, { table, key }: Where, lexicon: Lexicon, atATime: number): Promise<number> {
  const hash = lexiconHash(lexicon);
  const isOutdated =
    hash === null
      ? isNotNull(table.lexicon)
      : or(isNull(table.lexicon), lt(table.lexicon, hash), gt(table.lexicon, hash));
  const rows = await db
    .select({ id: key, comment: table.comment })
    .from(table)
    .where(and(ne(table.comment, ''), isOutdated))
    .orderBy(asc(table.lexicon), asc(key))
    .limit(atATime);
  await db.transaction(async (tx) => {
    // Erased or changed in the meantime, it is left as it is.
    for (const { id, comment } of rows)
      await tx
        .update(table)
        .set(readComment(comment, lexicon))
        .where(and(eq(key, id), eq(table.comment, comment)));
  });
  return rows.length;
}
