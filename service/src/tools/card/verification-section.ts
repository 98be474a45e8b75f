// Shows whether the customer is verified on this ticket, how and until when, and how they can be.
import type { VerificationCard } from '@deskwright/shared/contract';
import { and, desc, eq, sql } from 'drizzle-orm';
import { people } from '../../directory/tables.ts';
import { rowsOf } from '../../platform/storage/joined-queries.ts';
import { type Asked, agentName, type CardSection } from '../../sidebar/index.ts';
import { verificationChallenges, verifications } from '../verification/tables.ts';

/** The last of this ticket and customer. */
const lastVerified = ({ ticketId, requesterId }: Asked) => {
  const { id, method, agentId, at, expiresAt } = verifications;
  return rowsOf({ method, agentId, at, expiresAt, by: sql<string | null>`${people.name}` }, (select) =>
    select
      .from(verifications)
      .leftJoin(people, eq(people.id, agentId))
      .where(
        and(
          eq(verifications.ticketId, ticketId),
          eq(verifications.requesterId, requesterId),
          eq(verifications.outcome, 'verified'),
        ),
      )
      .orderBy(desc(id))
      .limit(1),
  );
};

/** The last of this customer. */
const lastLocked = ({ requesterId }: Asked) =>
  rowsOf({ expiresAt: verifications.expiresAt }, (select) =>
    select
      .from(verifications)
      .where(and(eq(verifications.requesterId, requesterId), eq(verifications.outcome, 'locked')))
      .orderBy(desc(verifications.at))
      .limit(1),
  );

const lastCode = ({ ticketId, requesterId }: Asked) => {
  const { id, method, state, expiresAt } = verificationChallenges;
  return rowsOf({ state, expiresAt }, (select) =>
    select
      .from(verificationChallenges)
      .where(
        and(
          eq(verificationChallenges.ticketId, ticketId),
          eq(verificationChallenges.requesterId, requesterId),
          eq(method, 'code'),
        ),
      )
      .orderBy(desc(id))
      .limit(1),
  );
};

export const verificationSection: CardSection = {
  key: 'verification',
  queries: [lastVerified, lastLocked, lastCode],
  read: ({ inForce, ticket, requester, rows, now }): VerificationCard | null => {
    const { verification } = inForce.policy;
    if (verification === undefined || ticket.requesterId === null) return null;
    const [verified] = rows(lastVerified).filter(({ expiresAt }) => expiresAt.getTime() > now);
    const [locked] = rows(lastLocked).filter(({ expiresAt }) => expiresAt.getTime() > now);
    const [code] = rows(lastCode).filter(
      ({ state, expiresAt }) => state !== 'ended' && (expiresAt === null || expiresAt.getTime() > now),
    );
    const email = requester?.email ?? null;
    return {
      verified: verified
        ? {
            method: verified.method,
            by: agentName(verified.by, verified.agentId),
            at: verified.at.toISOString(),
            until: verified.expiresAt.toISOString(),
          }
        : null,
      lockedUntil: locked?.expiresAt.toISOString() ?? null,
      code:
        verification.code && email
          ? {
              to: masked(email),
              last:
                code && code.state !== 'ended'
                  ? { state: code.state, expiresAt: code.expiresAt?.toISOString() ?? null }
                  : null,
            }
          : null,
      questions: verification.questions.map(({ id, ask }) => ({ id, ask })),
    };
  },
  ifBroken: null,
};

/** `s•••@example.com` */
const masked = (address: string): string => address.replace(/^(.)[^@]*/u, '$1•••');
