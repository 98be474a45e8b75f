// Records whether a code or answers were right, with a note on the ticket: verified, wrong, or locked.
import { addDuration, type Policy, toBusinessCalendar } from '@deskwright/shared';
import type { VerificationMethod } from '@deskwright/shared/contract';
import type { Queryable } from '../../platform/storage/database.ts';
import { withoutPlaceholders } from '../../policy/guidance/guidance.ts';
import { type ActionResult, type Agent, DONE, refuse } from '../../sidebar/index.ts';
import { recordTicketChange } from '../../tickets/index.ts';
import { verifications } from './tables.ts';
import { countWrong, endCodes, triesLeft } from './tries.ts';

interface Tried {
  readonly tx: Queryable;
  readonly policy: Policy;
  readonly ticketId: number;
  readonly requesterId: number;
  readonly agent: Pick<Agent, 'id' | 'name'>;
  readonly method: VerificationMethod;
  readonly challengeId: number;
  readonly isRight: boolean;
  readonly now: Date;
}

/** Counts what was wrong even though it is refused: the transaction is committed either way. */
export async function recordOutcome(tried: Tried): Promise<ActionResult> {
  const { tx, policy, requesterId, method, challengeId, isRight, now } = tried;
  const { valid_for: validFor = '0m', locked_for: lockedFor = '0m' } = policy.verification ?? {};
  const after = (duration: string) => new Date(addDuration(now.getTime(), duration, toBusinessCalendar(policy)));
  const what = method === 'code' ? 'a code that was mailed to the address on record' : 'questions';
  if (isRight) {
    await endCodes(tx, requesterId);
    const until = after(validFor);
    await save(
      tried,
      'verified',
      until,
      `Customer verified by ${tried.agent.name}, with ${what}, until ${inNote(until)}.`,
    );
    return DONE;
  }
  await countWrong(tx, challengeId);
  const left = await triesLeft(tx, requesterId, now);
  if (left > 0) return refuse('not_verified', `That is not correct. Attempts left: ${left}.`, { triesLeft: left });
  await endCodes(tx, requesterId);
  const until = after(lockedFor);
  await save(
    tried,
    'locked',
    until,
    `Customer NOT verified: wrong three times. Nobody can try again before ${inNote(until)}.`,
  );
  return refuseLocked(until);
}

export const refuseLocked = (until: Date) =>
  refuse('locked', `Nobody can verify this customer before ${inNote(until)}.`, { until: until.toISOString() });

async function save(
  { tx, ticketId, requesterId, agent, method, now }: Tried,
  outcome: 'verified' | 'locked',
  expiresAt: Date,
  note: string,
): Promise<void> {
  const [saved] = await tx
    .insert(verifications)
    .values({ ticketId, requesterId, agentId: agent.id, method, outcome, at: now, expiresAt })
    .returning({ id: verifications.id });
  await recordTicketChange(tx, {
    key: `verification:${saved?.id}`,
    ticketId,
    cause: 'agent',
    change: { note: withoutPlaceholders(note) },
  });
}

/** `2026-03-01 12:30 UTC` */
const inNote = (moment: Date): string => `${moment.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
