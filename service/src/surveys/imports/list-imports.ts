// Lists imports of answers, and undoes one.

import type { CustomerSurvey } from '@deskwright/shared';
import { and, count, desc, eq, gte, isNull, lt } from 'drizzle-orm';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import type { ImportSource } from './choose-columns.ts';
import { answerImports, importedAnswers } from './tables.ts';

export interface ListedImport {
  readonly id: number;
  readonly source: ImportSource;
  readonly survey: CustomerSurvey;
  readonly file: string;
  readonly added: number;
  readonly who: string;
  readonly at: Date;
  /** Null: it was not undone. */
  readonly undoneAt: Date | null;
}

/** The newest first. */
export const listImports = (db: Queryable): Promise<ListedImport[]> =>
  db.select().from(answerImports).orderBy(desc(answerImports.id));

/** Deletes its answers. @returns how many; null: there is no such import, or it was undone before */
export async function undoImport(db: Database, id: number, now: Date): Promise<number | null> {
  return db.transaction(async (tx) => {
    const undone = await tx
      .update(answerImports)
      .set({ undoneAt: now })
      .where(and(eq(answerImports.id, id), isNull(answerImports.undoneAt)))
      .returning({ id: answerImports.id });
    if (undone.length === 0) return null;
    const deleted = await tx.delete(importedAnswers).where(eq(importedAnswers.importId, id));
    return deleted.rowCount ?? 0;
  });
}

/** Imported answers given in the period, by survey and tool. */
export async function countImported(
  db: Queryable,
  { from, to }: { from: Date; to: Date },
): Promise<{ survey: CustomerSurvey; source: ImportSource; n: number }[]> {
  const { survey, source, answeredAt } = importedAnswers;
  return db
    .select({ survey, source, n: count() })
    .from(importedAnswers)
    .where(and(gte(answeredAt, from), lt(answeredAt, to)))
    .groupBy(survey, source)
    .orderBy(survey, source);
}
