// Computes when a reply is due by the policy.
import { addDuration, type BusinessCalendar, type Policy } from '@deskwright/shared';

interface ReplyTarget {
  readonly kind: 'first_reply' | 'next_reply';
  readonly within: string;
  /** Epoch milliseconds. */
  readonly dueAt: number;
  readonly because: string | null;
}

export interface AwaitingReply {
  readonly tier: string | null;
  readonly priority: string | null;
  /** Zendesk's `via.channel`. */
  readonly via: string | null;
  /** Whether an agent has ever replied in public. */
  readonly answered: boolean;
  /** Epoch milliseconds. */
  readonly waitingSince: number;
}

/** The first target that matches the ticket counts, alone: null when none matches or it sets no time for this reply. */
export function replyTarget(
  targets: Policy['targets'],
  { waitingSince, ...ticket }: AwaitingReply,
  calendar: BusinessCalendar,
): ReplyTarget | null {
  const target = targetFor(targets, ticket);
  return target && { ...target, dueAt: addDuration(waitingSince, target.within, calendar) };
}

/** The target itself, whenever the customer began to wait. */
export function targetFor(
  targets: Policy['targets'],
  { tier, priority, via, answered }: Omit<AwaitingReply, 'waitingSince'>,
): Omit<ReplyTarget, 'dueAt'> | null {
  const fits = (wanted: string | undefined, is: string | null): boolean => wanted === undefined || wanted === is;
  const line = targets.find(
    (target) => fits(target.tier, tier) && fits(target.priority, priority) && fits(target.channel, via),
  );
  const kind = answered ? 'next_reply' : 'first_reply';
  const within = line?.[kind];
  return line === undefined || within === undefined ? null : { kind, within, because: line.because ?? null };
}
