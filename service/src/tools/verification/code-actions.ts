// Lets an agent have a code mailed to the customer, and check the one that the customer gives.
import type { CheckCode, SendCode } from '@deskwright/shared/contract';
import { and, count, desc, eq, gt, inArray, isNotNull, min, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { recordEffect } from '../../platform/outbox/entries.ts';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { type AgentAction, aRequestId, DONE, defineAction, refuse, whyNotAllowed } from '../../sidebar/index.ts';
import { tickets } from '../../tickets/index.ts';
import type { Zendesk } from '../../zendesk/zendesk.ts';
import { readCustomer } from '../read-customer.ts';
import { VERIFICATION_MAIL } from './code-mail.ts';
import { isCode } from './codes.ts';
import { isVerified } from './is-verified.ts';
import { readAddress, whyNotSent } from './read-address.ts';
import { recordOutcome, refuseLocked } from './record-outcome.ts';
import { verificationChallenges } from './tables.ts';
import { endCodes, lockCustomer, lockedUntil } from './tries.ts';

const DAY_MS = 86_400_000;
const NO_CODES = refuse('not_found', 'The policy has no verification by codes.');
const NO_ADDRESS = refuse('no_address', 'Zendesk has no e-mail address of this customer.');

interface SendCodeDeps {
  db: Database;
  zendesk: Pick<Zendesk, 'showAddress'>;
}

interface Prepared {
  readonly requesterId: number;
  readonly address: Awaited<ReturnType<typeof readAddress>>;
}

/** `POST /api/tickets/:id/verification/codes`: a new code to the address on record, in place of an earlier one. */
export const sendCode = (deps: SendCodeDeps): AgentAction =>
  defineAction({
    name: 'send_code',
    method: 'post',
    path: '/verification/codes',
    body: z.strictObject({ requestId: aRequestId }) satisfies z.ZodType<SendCode>,
    status: 201,
    permission: { right: 'edit' },
    findRepeated: async (tx, { ticketId, agent }, { requestId }) => {
      const [sent] = await tx
        .select()
        .from(verificationChallenges)
        .where(eq(verificationChallenges.requestId, requestId));
      if (!sent) return null;
      return sent.method === 'code' && sent.ticketId === ticketId && sent.agentId === agent.id
        ? DONE
        : refuse('conflict', 'Open the card again.');
    },
    prepare: async ({ policy, directory, ticketId, agent }): Promise<Prepared | null> => {
      if (whyNotAllowed({ policy, directory }, { right: 'edit' }, agent)) return null;
      const [ticket] = await deps.db
        .select({ requesterId: tickets.requesterId })
        .from(tickets)
        .where(eq(tickets.id, ticketId));
      const requesterId = ticket?.requesterId ?? null;
      return requesterId === null ? null : { requesterId, address: await readAddress(deps.zendesk, requesterId) };
    },
    perform: async ({ tx, ticket, agent, policy, prepared, now }, { requestId }) => {
      const code = policy.verification?.code;
      if (!code) return NO_CODES;
      const customer = await readCustomer(tx, ticket.requesterId);
      if (!customer?.email) return NO_ADDRESS;
      const read = prepared as Prepared | null;
      if (read?.requesterId !== customer.id || read.address === 'unknown')
        return refuse('unavailable', 'Zendesk does not say now which address the customer has.');
      if (read.address === null) return NO_ADDRESS;
      const changed = whyNotSent(read.address, policy, now);
      if (changed) return changed;
      await lockCustomer(tx, customer.id);
      const locked = await lockedUntil(tx, customer.id, now);
      if (locked) return refuseLocked(locked);
      const { requesterId, agentId } = verificationChallenges;
      const tooMany =
        (await whenTooMany(tx, eq(requesterId, customer.id), code.most_per_customer_a_day, now)) ??
        (await whenTooMany(tx, eq(agentId, agent.id), code.most_per_agent_a_day, now));
      if (tooMany) return refuse('locked', 'Too many codes were sent within a day.', { until: tooMany.toISOString() });
      await endCodes(tx, customer.id);
      const [challenge] = await tx
        .insert(verificationChallenges)
        .values({
          requestId,
          ticketId: ticket.id,
          requesterId: customer.id,
          agentId: agent.id,
          method: 'code',
          state: 'asked',
          askedAt: now,
        })
        .onConflictDoNothing()
        .returning({ id: verificationChallenges.id });
      if (!challenge) return refuse('conflict', 'Open the card again.');
      const challengeId = challenge.id;
      const key = `verification-code:${challengeId}`;
      await recordEffect(tx, VERIFICATION_MAIL, { key, subjectId: ticket.id, payload: { challengeId } });
      return DONE;
    },
  });

/** Null: there were fewer. Otherwise when the next one can be sent. */
async function whenTooMany(tx: Queryable, whose: SQL, most: number, now: Date): Promise<Date | null> {
  const { method, askedAt } = verificationChallenges;
  const [found] = await tx
    .select({ n: count(), first: min(askedAt) })
    .from(verificationChallenges)
    .where(and(whose, eq(method, 'code'), gt(askedAt, new Date(now.getTime() - DAY_MS))));
  return found?.first && found.n >= most ? new Date(found.first.getTime() + DAY_MS) : null;
}

/** `PUT /api/tickets/:id/verification`: the customer is verified, or one try is gone; the third wrong code locks. */
export const checkCode = defineAction({
  name: 'check_code',
  method: 'put',
  path: '/verification',
  body: z.strictObject({ code: z.string().max(40) }) satisfies z.ZodType<CheckCode>,
  permission: { right: 'edit' },
  perform: async ({ tx, ticket, agent, policy, now }, { code }) => {
    if (!policy.verification?.code) return NO_CODES;
    const { requesterId } = ticket;
    if (requesterId === null) return NO_ADDRESS;
    const given = code.replace(/[\s-]/g, '');
    if (!/^\d{6}$/.test(given)) return refuse('fields_wrong', 'A code has six digits.', { fields: ['code'] });
    await lockCustomer(tx, requesterId);
    const locked = await lockedUntil(tx, requesterId, now);
    if (locked) return refuseLocked(locked);
    const { ticketId, state, hash, expiresAt } = verificationChallenges;
    const [sent] = await tx
      .select()
      .from(verificationChallenges)
      .where(
        and(
          eq(ticketId, ticket.id),
          eq(verificationChallenges.requesterId, requesterId),
          inArray(state, ['asked', 'sent']),
          isNotNull(hash),
          gt(expiresAt, now),
        ),
      )
      .orderBy(desc(verificationChallenges.id))
      .limit(1);
    // Pressed twice, or pressed again because the answer was lost.
    if (!sent && (await isVerified(tx, ticket.id, now))) return DONE;
    if (!sent?.hash || !sent.salt) return refuse('too_late', 'No code works any more. Send a new one.');
    const isRight = await isCode(given, { salt: sent.salt, hash: sent.hash });
    const about = { tx, policy, ticketId: ticket.id, requesterId, agent, now };
    return recordOutcome({ ...about, method: 'code', challengeId: sent.id, isRight });
  },
});
