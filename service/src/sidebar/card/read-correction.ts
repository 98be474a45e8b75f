// Reads corrections of the category: the current one, and those that were undone.
import type { Correction } from '@deskwright/shared/contract';
import { and, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { people } from '../../directory/tables.ts';
import { rowsOf } from '../../platform/storage/joined-queries.ts';
import { categoryCorrections } from '../tables.ts';
import type { Asked, CardContext, MoveRow } from './card-context.ts';
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

/** Corrections that an agent took back. */
export const undoneCorrections = ({ ticketId }: Asked) => {
  const { before, undoneAt } = categoryCorrections;
  return rowsOf({ before }, (select) =>
    select.from(categoryCorrections).where(and(eq(categoryCorrections.ticketId, ticketId), isNotNull(undoneAt))),
  );
};

/** How often the ticket moved, without the moves there and back of corrections that were undone. `moves`: newest first. */
export function countMoves({ rows }: CardContext, moves: readonly MoveRow[]): number {
  const left = [...moves];
  for (const { before } of rows(undoneCorrections)) {
    const back = left.findIndex(
      ({ fromGroupId, toGroupId }, at) =>
        fromGroupId === before.movedTo &&
        toGroupId === before.groupId &&
        left[at + 1]?.fromGroupId === before.groupId &&
        left[at + 1]?.toGroupId === before.movedTo,
    );
    if (back !== -1) left.splice(back, 2);
  }
  return left.length;
}
