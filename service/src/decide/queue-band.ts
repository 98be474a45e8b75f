// Decides in which band of the queue a ticket is, why, and when that changes by time alone.
import { addDuration, type Policy, parseDuration } from '@deskwright/shared';
import type { QueueBand } from '@deskwright/shared/contract';
import type { CompiledPolicy } from './compile-policy.ts';
import { type AwaitingReply, replyTarget } from './limits.ts';

/** The last band. Also that of every ticket while the policy has no `queue_order`. Stored, and the column's default. */
export const REST = 9;

export interface InBand {
  /** 0 stands first. */
  readonly band: number;
  readonly because: QueueBand;
  /** When the band may change by time alone, in epoch milliseconds. Null: it does not. */
  readonly changesAt: number | null;
}

const BANDS = ['incident', 'urgent', 'over_target'] as const;
/** The policy allows no business hours (`bh`) before a target. */
const IN_MS = { m: 60_000, h: 3_600_000, d: 86_400_000, bh: 0 } as const;

/** The first band that the ticket belongs to. After `rises_after` it is the first of all. `now`: epoch milliseconds. */
export function queueBand(
  { policy, compiled }: { readonly policy: Policy; readonly compiled: Pick<CompiledPolicy, 'calendar'> },
  ticket: AwaitingReply & { readonly type: string | null },
  now: number,
): InBand {
  const order = policy.queue_order;
  if (order === undefined) return { band: REST, because: 'rest', changesAt: null };
  const { bands = BANDS, before_target: early = '0m', rises_after: bound = '5d' } = order;
  const risesAt = addDuration(ticket.waitingSince, bound, compiled.calendar);
  const { amount, unit } = parseDuration(early);
  const dueAt = replyTarget(policy.targets, ticket, compiled.calendar)?.dueAt;
  const overAt = dueAt === undefined ? Number.POSITIVE_INFINITY : dueAt - amount * IN_MS[unit];
  const holds = {
    incident: ticket.type === 'incident',
    urgent: ticket.priority === 'urgent',
    over_target: overAt <= now,
  };
  const found = bands.findIndex((band) => holds[band]);
  const risen = risesAt <= now && found !== 0;
  const band = risen ? 0 : found === -1 ? REST : found;
  const becomes = bands.indexOf('over_target');
  const moments = [...(band > 0 ? [risesAt] : []), ...(becomes !== -1 && becomes < band ? [overAt] : [])].filter(
    (moment) => moment > now && moment < Number.POSITIVE_INFINITY,
  );
  return {
    band,
    because: risen ? 'risen' : (bands[found] ?? 'rest'),
    changesAt: moments.length === 0 ? null : Math.min(...moments),
  };
}
