// Finds out which open tickets the policy in force would decide differently, and changes nothing.
import { and, asc, eq, gt, inArray, isNull, notInArray, type SQL } from 'drizzle-orm';
import { aboutError } from '../../platform/errors/about-error.ts';
import { isTemporary } from '../../platform/errors/external-error.ts';
import { namesFor, planDecision } from '../process/decide-row.ts';
import type { PipelineDeps } from '../process/deps.ts';
import { isEmptyChange } from '../process/plan-change.ts';
import { readConversations } from '../projection/projection-store.ts';
import type { TicketRow } from '../projection/ticket-row.ts';
import { tickets } from '../tables.ts';
import type { TicketChange } from '../write/ticket-change.ts';
import { ACTS_ON_TICKET } from '../write/ticket-change.ts';
import { type SweepFilter, type SweepRow, sweeps, sweepTickets, type TicketPlace } from './tables.ts';

const AT_ONCE = 200;

/** Plans the next tickets of a sweep. False: all are planned. Throws when Zendesk or the database is unavailable. */
export async function planNextTickets(deps: PipelineDeps, sweep: SweepRow, atOnce = AT_ONCE): Promise<boolean> {
  const { db, clock, directory } = deps;
  const inForce = deps.policy.current();
  const rows = await db
    .select()
    .from(tickets)
    .where(and(isConcerned(sweep.filter), gt(tickets.id, sweep.plannedAfter)))
    .orderBy(asc(tickets.id))
    .limit(atOnce);
  const said = await readConversations(
    db,
    rows.map(({ id }) => ({ ticketId: id, endedAt: null })),
  );
  const now = clock();
  const planned: (typeof sweepTickets.$inferInsert)[] = [];
  let undecided = 0;
  for (const [index, row] of rows.entries()) {
    if (row.placedBy === 'human') continue;
    try {
      const asked = {
        inForce,
        row,
        lastCustomerComment: said[index]?.lastCustomerComment ?? null,
        names: await namesFor(deps, row),
      };
      const { decision, plan } = planDecision(directory, asked, now);
      const { note: _, ...change } = plan.change;
      if (isEmptyChange(change)) continue;
      const { category } = decision;
      planned.push({
        sweepId: sweep.id,
        ticketId: row.id,
        state: 'planned',
        trigger: category.reason.by === 'trigger' ? category.reason.triggerId : null,
        before: placeOf(row),
        after: placeAfter(row, { category: category.value, tier: decision.tier.value }, change),
        change,
      });
    } catch (error) {
      if (isTemporary(error)) throw error;
      undecided += 1;
      deps.logger.error(
        { ticketId: row.id, ...aboutError(error) },
        'A ticket could not be decided; the sweep leaves it out',
      );
    }
  }
  const last = rows.at(-1);
  await db.transaction(async (tx) => {
    const [current] = await tx.select().from(sweeps).where(eq(sweeps.id, sweep.id)).for('update');
    // Another process planned the same tickets, or somebody cancelled it.
    if (current?.state !== 'planning' || current.plannedAfter !== sweep.plannedAfter) return;
    if (planned.length > 0) await tx.insert(sweepTickets).values(planned);
    const isEnd = rows.length < atOnce;
    await tx
      .update(sweeps)
      .set({
        plannedAfter: last?.id ?? sweep.plannedAfter,
        policyHash: inForce.hash,
        open: current.open + rows.length,
        byPeople: current.byPeople + rows.filter(({ placedBy }) => placedBy === 'human').length,
        undecided: current.undecided + undecided,
        ...(isEnd && { state: 'planned' as const }),
      })
      .where(eq(sweeps.id, sweep.id));
  });
  return rows.length === atOnce;
}

/** The policy changed while it was planned: it begins anew. */
export async function planAnew(deps: Pick<PipelineDeps, 'db'>, sweep: SweepRow): Promise<void> {
  await deps.db.transaction(async (tx) => {
    await tx.delete(sweepTickets).where(eq(sweepTickets.sweepId, sweep.id));
    await tx
      .update(sweeps)
      .set({ plannedAfter: 0, policyHash: null, open: 0, byPeople: 0, undecided: 0 })
      .where(and(eq(sweeps.id, sweep.id), eq(sweeps.state, 'planning')));
  });
}

/** Open tickets on which Deskwright acts and that were decided before: all others are decided when something happens to them. */
function isConcerned({ ticketIds, category, tier, groupId }: SweepFilter): SQL | undefined {
  return and(
    notInArray(tickets.status, ['solved', 'closed']),
    isNull(tickets.gone),
    isNull(tickets.erasedAt),
    ACTS_ON_TICKET,
    ticketIds && inArray(tickets.id, [...ticketIds]),
    category === undefined ? undefined : eq(tickets.category, category),
    tier === undefined ? undefined : eq(tickets.tier, tier),
    groupId === undefined ? undefined : eq(tickets.groupId, groupId),
  );
}

export const placeOf = ({
  category,
  tier,
  priority,
  groupId,
}: Pick<TicketRow, 'category' | 'tier' | 'priority' | 'groupId'>): TicketPlace => ({
  category,
  tier,
  priority: priority as TicketPlace['priority'],
  groupId,
});

export function placeAfter(
  row: Pick<TicketRow, 'priority' | 'groupId'>,
  { category, tier }: Pick<TicketPlace, 'category' | 'tier'>,
  change: TicketChange,
): TicketPlace {
  return {
    category,
    tier,
    priority: change.priority ?? (row.priority as TicketPlace['priority']),
    groupId: change.groupId ?? row.groupId,
  };
}
