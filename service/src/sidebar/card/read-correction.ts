// Reads corrections of the category: the current one, and those that were undone.
import type { Correction } from '@deskwright/shared/contract';
import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm';
import { people } from '../../directory/tables.ts';
import { rowsOf } from '../../platform/storage/joined-queries.ts';
import type { PastCorrection } from '../moves-by-people.ts';
import { categoryCorrections } from '../tables.ts';
import type { Asked, CardContext, CardQuery } from './card-context.ts';
import { agentName, namedCategory } from './names.ts';

/** The last one made in the sidebar that was not undone. */
export const lastCorrection = ({ ticketId }: Asked) => {
  const { id, before, toCategory, agentId, correctedAt, undoneAt } = categoryCorrections;
  return rowsOf({ id, before, toCategory, agentId, correctedAt, by: sql<string | null>`${people.name}` }, (select) =>
    select
      .from(categoryCorrections)
      .leftJoin(people, eq(people.id, agentId))
      .where(and(eq(categoryCorrections.ticketId, ticketId), isNull(undoneAt)))
      .orderBy(desc(id))
      .limit(1),
  );
};

/** Null when it was undone, or when somebody has since placed the ticket elsewhere. */
export function correctionThatHolds({ rows, inForce }: CardContext, category: string): Correction | null {
  const [correction] = rows(lastCorrection);
  if (correction?.toCategory !== category) return null;
  const { id, before, toCategory, agentId, by, correctedAt } = correction;
  return {
    id,
    from: namedCategory(inForce.policy, before.category),
    to: namedCategory(inForce.policy, toCategory),
    by: agentName(by, agentId),
    at: correctedAt.toISOString(),
  };
}

/** All made in the sidebar, oldest first. */
export const pastCorrections: CardQuery<PastCorrection> = ({ ticketId }) => {
  const { id, before, undoneAt } = categoryCorrections;
  return rowsOf({ before, undoneAt }, (select) =>
    select.from(categoryCorrections).where(eq(categoryCorrections.ticketId, ticketId)).orderBy(asc(id)),
  );
};
