// The `/readyz` checks of receiving and writing tickets.
import { MESSAGING_CHANNELS } from '@deskwright/shared';
import { and, eq, gte, inArray, isNull, notExists, notInArray } from 'drizzle-orm';
import type { Check, ReadinessChecks } from '../platform/http/health.ts';
import type { Database, Queryable } from '../platform/storage/database.ts';
import { CHECK_LOGIN } from '../zendesk/stopped-while.ts';
import { FIRST_MESSAGE_ID } from './projection/comment-changes.ts';
import { describeOpenSweeps } from './redecide/sweeps.ts';
import { describeProgress, readExportPosition } from './sync/export-position.ts';
import { countUnreadableRecords } from './sync/unreadable-records.ts';
import type { WebhookWatch } from './sync/watch-webhooks.ts';
import { comments, tickets } from './tables.ts';
import { readWriteGate, writesAllowed } from './write/stopped-writes.ts';

interface TicketReadinessDeps {
  db: Database;
  webhooks: Pick<WebhookWatch, 'check'>;
  /** `zendesk.writes_per_minute` of the policy in force. */
  writesPerMinute: () => number;
}

/** Warnings only: webhooks must still be received, and work continues. */
export function ticketReadiness({ db, webhooks, writesPerMinute }: TicketReadinessDeps): ReadinessChecks {
  return {
    import: async () => {
      const { imported, progress } = await readExportPosition(db);
      if (imported) return { ok: true };
      const done = progress ? describeProgress(progress) : 'nothing read yet';
      return { ok: true, detail: `the first import of tickets is under way: ${done}` };
    },
    records: async () => {
      const count = await countUnreadableRecords(db);
      return count === 0 ? { ok: true } : { ok: true, warning: unreadableRecordsWarning(count) };
    },
    messaging: async () => {
      const withoutMessages = await countMessagingWithoutMessages(db);
      return withoutMessages === 0 ? { ok: true } : { ok: true, warning: messagingWarning(withoutMessages) };
    },
    webhooks: webhooks.check,
    sweeps: async () => ({
      ok: true,
      ...((detail) => (detail === null ? {} : { detail }))(await describeOpenSweeps(db)),
    }),
    writes: () => checkWrites(db, writesPerMinute()),
  };
}

function messagingWarning(count: number): string {
  const tickets = count === 1 ? '1 open messaging ticket has' : `${count} open messaging tickets have`;
  return `${tickets} no message that this service received, so what customers wrote there is unknown. Messages are sent only as the event messaging_ticket.message_added (\`npx deskwright webhook\` subscribes to it), and earlier ones are not sent`;
}

function unreadableRecordsWarning(count: number): string {
  const records = count === 1 ? '1 record of Zendesk' : `${count} records of Zendesk`;
  return `${records} could not be read and ${count === 1 ? 'was' : 'were'} dead-lettered; all others were processed. \`npx deskwright failed\` lists them with the reasons`;
}

/** Open messaging tickets without any received message. Throws database errors. @internal */
export function countMessagingWithoutMessages(db: Database): Promise<number> {
  const messages = db
    .select({ id: comments.id })
    .from(comments)
    .where(and(eq(comments.ticketId, tickets.id), gte(comments.id, FIRST_MESSAGE_ID)));
  const isOpen = and(notInArray(tickets.status, ['solved', 'closed']), isNull(tickets.gone));
  return db.$count(tickets, and(inArray(tickets.via, [...MESSAGING_CHANNELS]), isOpen, notExists(messages)));
}

/**
 * `policyPerMinute`: `zendesk.writes_per_minute`. Paused writes are only a warning: they resume by themselves, and webhooks must still be received.
 */
export async function checkWrites(db: Queryable, policyPerMinute: number): Promise<Check> {
  const { stopped, stoppedSince, accountPerMinute } = await readWriteGate(db);
  const detail = describeLimit(policyPerMinute, accountPerMinute);
  if (!stopped) return { ok: true, detail };
  const why =
    stopped === 'refused'
      ? `Zendesk refuses our login. ${CHECK_LOGIN}`
      : 'Zendesk does not answer, or accepts no ticket updates';
  const since = stoppedSince ? ` since ${stoppedSince.toISOString()}` : '';
  return { ok: true, detail, warning: `nothing is written${since}: ${why}. Retrying every few seconds` };
}

function describeLimit(policyPerMinute: number, accountPerMinute: number | null): string {
  const allowed = writesAllowed(policyPerMinute, accountPerMinute);
  const most = `at most ${Math.floor(allowed * 10) / 10} ticket updates a minute`;
  if (accountPerMinute === null)
    return `${most}, by the policy's writes_per_minute; the account's limit is known after the first update`;
  return allowed < policyPerMinute
    ? `${most}: the account allows ${accountPerMinute} in all, too few for the policy's writes_per_minute of ${policyPerMinute}`
    : `${most}, by the policy's writes_per_minute; the account allows ${accountPerMinute} in all`;
}
