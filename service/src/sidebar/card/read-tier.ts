// Reads the ticket's tier: what decided it, who corrected it, and who has the ticket.

import type { Decision } from '@deskwright/shared';
import type { Correction } from '@deskwright/shared/contract';
import { and, desc, eq, inArray } from 'drizzle-orm';
import { people } from '../../directory/tables.ts';
import { decisions, readDecisions } from '../../tickets/index.ts';
import type { CardContext } from './card-context.ts';
import { agentName } from './names.ts';
import { readCorrection } from './read-correction.ts';

export interface TierRows {
  readonly lastDecision: LastDecision | null;
  readonly correction: Correction | null;
  /** Name of who has the ticket. */
  readonly assignee: string | null;
}

/** What hangs on the ticket's tier; null while the ticket is not decided. */
export async function readTier(context: CardContext): Promise<TierRows | null> {
  const { category, tier, placedBy } = context.ticket;
  if (category === null || tier === null) return null;
  const [lastDecision, correction, assignee] = await Promise.all([
    readLastDecision(context),
    placedBy === 'human' ? readCorrection(context, category) : null,
    readAssignee(context),
  ]);
  return { lastDecision, correction, assignee };
}

interface LastDecision {
  readonly decision: Decision;
  readonly sentence: string;
  readonly category: string;
}

/** The last decision that put the ticket somewhere: later ones may have left it to a person, or found it solved. */
async function readLastDecision({ db, ticket }: CardContext): Promise<LastDecision | null> {
  const [row] = await db
    .select()
    .from(decisions)
    .where(and(eq(decisions.ticketId, ticket.id), inArray(decisions.outcome, ['acted', 'unchanged'])))
    .orderBy(desc(decisions.id))
    .limit(1);
  const [decided] = row ? await readDecisions(db, [row]) : [];
  return decided ?? null;
}

async function readAssignee({ db, ticket: { assigneeId } }: CardContext): Promise<string | null> {
  if (assigneeId === null) return null;
  const [row] = await db.select({ name: people.name }).from(people).where(eq(people.id, assigneeId));
  return agentName(row?.name ?? null, assigneeId);
}
