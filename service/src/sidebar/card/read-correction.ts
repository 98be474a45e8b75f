// Reads the correction of the category that still holds.
import type { Correction } from '@deskwright/shared/contract';
import { and, desc, eq, isNull } from 'drizzle-orm';
import { people } from '../../directory/tables.ts';
import { categoryCorrections } from '../tables.ts';
import type { CardContext } from './card-context.ts';
import { agentName, namedCategory } from './names.ts';

/** The last one made in the sidebar; null when it was undone, or when somebody has since placed the ticket elsewhere. */
export async function readCorrection(
  { db, ticket, inForce }: CardContext,
  category: string,
): Promise<Correction | null> {
  const [row] = await db
    .select({ correction: categoryCorrections, by: people.name })
    .from(categoryCorrections)
    .leftJoin(people, eq(people.id, categoryCorrections.agentId))
    .where(and(eq(categoryCorrections.ticketId, ticket.id), isNull(categoryCorrections.undoneAt)))
    .orderBy(desc(categoryCorrections.id))
    .limit(1);
  if (!row || row.correction.toCategory !== category) return null;
  const { id, before, toCategory, agentId, correctedAt } = row.correction;
  return {
    id,
    from: namedCategory(inForce.policy, before.category),
    to: namedCategory(inForce.policy, toCategory),
    by: agentName(row.by, agentId),
    at: correctedAt.toISOString(),
  };
}
