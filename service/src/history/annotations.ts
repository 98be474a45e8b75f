// Stores what leaders mark on the trends: a launch, a campaign.
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Queryable } from '../platform/storage/database.ts';
import { annotations } from './tables.ts';

export interface NewAnnotation {
  readonly at: Date;
  readonly text: string;
  /** Null: it concerns all of them. */
  readonly category: string | null;
  /** Who set it: a login on the machine, an agent. */
  readonly who: string;
}

export interface StoredAnnotation extends NewAnnotation {
  readonly id: number;
  /** Null: it is shown. */
  readonly removedAt: Date | null;
}

/** Returns its id. */
export async function addAnnotation(db: Queryable, annotation: NewAnnotation): Promise<number> {
  const [added] = await db.insert(annotations).values(annotation).returning({ id: annotations.id });
  if (!added) throw new Error('The annotation was not stored.');
  return added.id;
}

/** Newest first. @param removed also those that were removed */
export async function listAnnotations(db: Queryable, { removed = false } = {}): Promise<StoredAnnotation[]> {
  const { id, at, text, category, who, removedAt } = annotations;
  return db
    .select({ id, at, text, category, who, removedAt })
    .from(annotations)
    .where(removed ? undefined : isNull(removedAt))
    .orderBy(desc(at), desc(id));
}

/** Hides it; the row stays. False: there is none, or it was removed before. */
export async function removeAnnotation(db: Queryable, id: number): Promise<boolean> {
  const removed = await db
    .update(annotations)
    .set({ removedAt: sql`now()` })
    .where(and(eq(annotations.id, id), isNull(annotations.removedAt)))
    .returning({ id: annotations.id });
  return removed.length > 0;
}
