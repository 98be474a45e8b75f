// Reads which steps of the guidance are done, and by whom.
import { eq } from 'drizzle-orm';
import { people } from '../../directory/tables.ts';
import type { Tick } from '../../policy/guidance/fill-guidance.ts';
import { guidanceTicks } from '../tables.ts';
import type { CardContext } from './card-context.ts';
import { agentName } from './names.ts';

/** By step id. */
export async function readTicks({ db, ticket }: CardContext): Promise<Map<string, Tick>> {
  const rows = await db
    .select({ tick: guidanceTicks, by: people.name })
    .from(guidanceTicks)
    .leftJoin(people, eq(people.id, guidanceTicks.agentId))
    .where(eq(guidanceTicks.ticketId, ticket.id));
  return new Map(
    rows.map(({ tick, by }) => [tick.stepId, { by: agentName(by, tick.agentId), at: tick.doneAt.toISOString() }]),
  );
}
