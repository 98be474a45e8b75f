// Performs the effect `follow_up_ticket`: exactly one ticket for each follow-up.
import { eq } from 'drizzle-orm';
import { type Directory, readBrands } from '../../directory/directory.ts';
import { recordHistory } from '../../history/index.ts';
import { type Outcome, simpleEffect } from '../../platform/outbox/simple-effect.ts';
import type { EffectKind } from '../../platform/outbox/work.ts';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { recordTicketChange } from '../../tickets/index.ts';
import { classifyFailure } from '../../zendesk/classify-failure.ts';
import { type NewTicket, type Zendesk, ZendeskError, type ZendeskTicket } from '../../zendesk/zendesk.ts';
import { brandOf, inBrand } from '../brand.ts';
import type { SurveyPolicy } from '../survey-policy.ts';
import { textsFor } from '../texts/texts-for.ts';
import { describeFollowUp, type FollowedAnswer } from './describe-follow-up.ts';
import { FOLLOW_UP_TICKET } from './follow-up-ticket.ts';
import { type FollowUpRow, followUps } from './tables.ts';
import { markShown, readAnswers, revisionOf, tellTicket } from './tell-ticket.ts';

export interface OpenTicketDeps {
  db: Database;
  zendesk: Pick<Zendesk, 'createTicket' | 'findTicketByExternalId' | 'showTicket' | 'me' | 'isEndpointDown'>;
  directory: Pick<Directory, 'groupId' | 'nameOf' | 'person' | 'refresh'>;
  policy: () => SurveyPolicy;
  /** Epoch milliseconds. */
  clock: () => number;
}

/** As long as Zendesk does not answer anybody. */
const AWAY_MS = 60_000;

export function followUpTicketEffect(deps: OpenTicketDeps): EffectKind {
  return simpleEffect(FOLLOW_UP_TICKET, {
    perform: async ([{ payload }]) => {
      try {
        return await openFollowUpTicket(deps, payload.followUpId);
      } catch (error) {
        if (error instanceof ZendeskError) return outcomeOf(error, deps.zendesk);
        throw error;
      }
    },
  });
}

/**
 * Finds the ticket if an earlier attempt has opened it, whose answer was lost or whose process died; otherwise opens it. Zendesk's idempotency key
 * covers an earlier call that is still under way.
 */
async function openFollowUpTicket(deps: OpenTicketDeps, followUpId: number): Promise<Outcome> {
  const { db, zendesk } = deps;
  const prepared = await prepare(deps, followUpId);
  if (prepared === null) return { outcome: 'cancelled', reason: 'the follow-up ended before it had a ticket' };
  const { followUp } = prepared;
  if (followUp.ticketId !== null) return { outcome: 'done' };
  const { sourceTicketId, action } = followUp;
  const ownerGroup = groupOf(followUp, deps.policy());
  const groupId = await findGroup(deps, ownerGroup);
  if (groupId === 'unknown') return { outcome: 'failed', reason: 'Zendesk has no group with the name in the policy' };
  const source = sourceTicketId === null ? null : await zendesk.showTicket(sourceTicketId);
  const isGone = source === null || source.status === 'closed' || source.status === 'deleted';
  if (action === 'reopen' && sourceTicketId !== null && !isGone) {
    await settle(deps, followUp, { ticketId: sourceTicketId, ownerGroup, reopenIn: groupId, told: null });
    return { outcome: 'done' };
  }
  const found = await zendesk.findTicketByExternalId(externalIdOf(followUp));
  if (!found) await noteAttempt(db, prepared);
  const ticket = found ?? (await createTicket(deps, prepared, { groupId, source }));
  await settle(deps, followUp, {
    ticketId: ticket.id,
    ownerGroup,
    reopenIn: null,
    told: found ? null : prepared.answers,
  });
  return { outcome: 'done' };
}

const externalIdOf = ({ key }: FollowUpRow): string => `deskwright-follow-up-${key}`;

async function createTicket(
  deps: OpenTicketDeps,
  { followUp, answers }: Prepared,
  { groupId, source }: { groupId: number | null; source: ZendeskTicket | null },
): Promise<{ id: number }> {
  const { zendesk, directory, policy: current } = deps;
  const brand = answers[0]?.brand ?? null;
  const policy = inBrand(current(), brand);
  const { requesterId, dueAt, sourceTicketId } = followUp;
  const person = await directory.person(requesterId);
  const brandId = await findBrandId(deps, brand, source);
  const ticket: NewTicket = {
    // The customer reads it as soon as an agent writes to them.
    subject: textsFor(person?.locale ?? null, policy.surveys.page).followUp.subject(brandOf(policy)),
    comment: { body: describeFollowUp(answers, dueAt, policy), public: false },
    requester_id: requesterId,
    type: 'task',
    due_at: dueAt.toISOString(),
    ...(groupId === null ? {} : { group_id: groupId }),
    ...(brandId === undefined ? {} : { brand_id: brandId }),
    // Without any, a follow-up has those of the closed ticket, and with them our marks.
    tags: ['survey_follow_up', ...tagsOf(followUp, policy)],
    external_id: externalIdOf(followUp),
    ...(source?.status === 'closed' && sourceTicketId !== null ? { via_followup_source_id: sourceTicketId } : {}),
  };
  return zendesk.createTicket(ticket, externalIdOf(followUp));
}

/**
 * Of two brands with the same name that of the ticket. The ticket's brand also stands in for one that was renamed in Zendesk, unless it is deleted:
 * Zendesk would refuse the ticket.
 */
async function findBrandId(
  { db, directory }: OpenTicketDeps,
  brand: string | null,
  source: ZendeskTicket | null,
): Promise<number | undefined> {
  if (brand === null) return undefined;
  const ofTicket = source?.brand_id ?? undefined;
  const name = directory.nameOf('brand', ofTicket ?? null);
  if (name === brand) return ofTicket;
  return (await readBrands(db)).get(brand) ?? (name === null ? undefined : ofTicket);
}

interface Prepared {
  readonly followUp: FollowUpRow;
  readonly answers: readonly FollowedAnswer[];
}

/** Null: nothing is to be opened. */
async function prepare({ db, policy, clock }: OpenTicketDeps, followUpId: number): Promise<Prepared | null> {
  const now = new Date(clock());
  return db.transaction(async (tx) => {
    const followUp = await lock(tx, followUpId);
    if (!followUp || followUp.endedAt !== null) return null;
    const answers = await readStanding(tx, followUpId);
    if (followUp.ticketId !== null) {
      // After a merge of two customers the answers of another follow-up have joined.
      await tellTicket(tx, followUp, policy());
      return { followUp, answers };
    }
    if (answers.length === 0) {
      await tx.update(followUps).set({ state: 'expired', endedAt: now }).where(eq(followUps.id, followUpId));
      return null;
    }
    return { followUp, answers };
  });
}

/**
 * Notes before the first call what its comment tells. If that call's answer is lost, a later attempt finds the ticket, and only what joined or
 * changed since is told by notes.
 */
async function noteAttempt(db: Database, { followUp, answers }: Prepared): Promise<void> {
  if (answers.some(({ shown }) => shown !== null)) return;
  await db.transaction((tx) => markAll(tx, followUp.id, answers));
}

async function markAll(tx: Queryable, followUpId: number, answers: readonly FollowedAnswer[]): Promise<void> {
  for (const answer of answers) await markShown(tx, followUpId, answer.id, revisionOf(answer));
}

/** Without answers that no longer count. */
const readStanding = async (tx: Queryable, followUpId: number) =>
  (await readAnswers(tx, followUpId)).filter(({ revision }) => revision !== null);

async function lock(tx: Queryable, followUpId: number): Promise<FollowUpRow | undefined> {
  const [followUp] = await tx.select().from(followUps).where(eq(followUps.id, followUpId)).for('update');
  return followUp;
}

interface Opened {
  readonly ticketId: number;
  readonly ownerGroup: string | null;
  /** The group of a ticket that is reopened; null: that which it has. */
  readonly reopenIn: number | null;
  /** What the first comment certainly tells; null: an earlier attempt wrote it, or there is none. */
  readonly told: readonly FollowedAnswer[] | null;
}

/** With what the ticket does not tell yet: an answer that joined meanwhile, and of a reopened ticket that it is followed up. */
async function settle(
  deps: OpenTicketDeps,
  { id: followUpId }: FollowUpRow,
  { ticketId, ownerGroup, reopenIn, told }: Opened,
): Promise<void> {
  const policy = deps.policy();
  await deps.db.transaction(async (tx) => {
    const before = await lock(tx, followUpId);
    if (!before || before.ticketId !== null) return;
    const followUp = { ...before, ticketId };
    await tx.update(followUps).set({ ticketId, ownerGroup }).where(eq(followUps.id, followUpId));
    const isReopened = ticketId === before.sourceTicketId;
    const answers = isReopened ? await readStanding(tx, followUpId) : (told ?? []);
    await markAll(tx, followUpId, answers);
    if (isReopened) {
      await recordTicketChange(tx, {
        key: `follow-up:${followUpId}:reopen`,
        ticketId,
        cause: 'answer',
        change: {
          reopen: true,
          addTags: ['survey_follow_up', ...tagsOf(followUp, policy)],
          ...(reopenIn === null ? {} : { groupId: reopenIn, unassign: true }),
          note: describeFollowUp(answers, followUp.dueAt, policy),
        },
      });
    }
    await recordHistory(tx, [
      {
        ticketId,
        at: new Date(deps.clock()),
        kind: 'follow_up_opened',
        value: followUp.survey,
        ref: followUpId,
        actor: 'us',
        check: 'once',
      },
    ]);
    await tellTicket(tx, followUp, policy);
  });
}

/** Null: the policy names none. */
async function findGroup({ directory }: OpenTicketDeps, name: string | null): Promise<number | null | 'unknown'> {
  if (name === null) return null;
  if (directory.groupId(name) === null) await directory.refresh('unknown');
  return directory.groupId(name) ?? 'unknown';
}

/** Of the policy in force, so that a correction holds for what waits; of one that no longer follows up, as it was. */
function groupOf({ survey, ownerGroup }: FollowUpRow, { surveys }: SurveyPolicy): string | null {
  const rule = survey === 'pulse' ? undefined : surveys[survey]?.follow_up;
  return rule ? (rule.group ?? null) : ownerGroup;
}

const tagsOf = ({ survey }: FollowUpRow, { surveys }: SurveyPolicy): readonly string[] =>
  survey === 'pulse' ? [] : (surveys[survey]?.follow_up?.tags ?? []);

async function outcomeOf(error: ZendeskError, zendesk: OpenTicketDeps['zendesk']): Promise<Outcome> {
  const reason = error.message;
  if (error.kind === 'busy') return { outcome: 'wait', ms: error.retryAfterMs ?? AWAY_MS, reason };
  // 400 also says that the same key was used for another text: the earlier call is still under way, and its ticket is found at the next attempt.
  if (error.kind === 'rejected' && error.status !== 400) return { outcome: 'refused', reason };
  switch (await classifyFailure(error, zendesk)) {
    case 'refused_for_one':
      return { outcome: 'failed', reason };
    default:
      return { outcome: 'wait', ms: AWAY_MS, reason };
  }
}
