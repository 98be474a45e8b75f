// Builds what a test of the pipeline needs: a way to deliver events, tickets to read, and access to the rows.
import { asc, eq } from 'drizzle-orm';
import type { TestDatabase } from '../../../../testing/test-database.ts';
import { outbox } from '../../../platform/outbox/tables.ts';
import { invitations } from '../../../surveys/tables.ts';
import { aZendeskTicket } from '../../../zendesk/testing/a-zendesk-ticket.ts';
import type { ExportPage, ZendeskTicket } from '../../../zendesk/zendesk.ts';
import { storeBatch } from '../../receive/inbox.ts';
import { readDelivery } from '../../receive/read-delivery.ts';
import { anEnvelope, type EnvelopeParts } from '../../receive/testing/an-envelope.ts';
import { decisions, inbox, tickets } from '../../tables.ts';
import type { PipelineDeps } from '../deps.ts';
import { processBatch } from '../process-batch.ts';

export const CUSTOMER = '900';

/** `detail` of a new ticket opened by a customer. */
export const NEW = {
  group_id: null,
  status: 'NEW',
  priority: null,
  tags: [],
  requester_id: CUSTOMER,
  submitter_id: CUSTOMER,
  actor_id: CUSTOMER,
};

/** Reads and writes the database of a test file. `database` is called late, because `beforeAll` creates it. */
export function pipelineFixture(database: () => TestDatabase) {
  const db = () => database().db;
  return {
    /** Stores the events as one batch, as the webhook handler does, and processes it. */
    hear: async (deps: PipelineDeps, ...events: EnvelopeParts[]): Promise<void> => {
      const deliveries = events.map((event) =>
        readDelivery(Buffer.from(JSON.stringify(anEnvelope({ ...event, detail: { ...NEW, ...event.detail } }))), null),
      );
      const { batch } = await storeBatch(
        db().$client,
        deliveries.map((delivery) => delivery!),
      );
      await processBatch(deps, batch);
    },
    ticket: async (id = 5158) => (await db().select().from(tickets).where(eq(tickets.id, id)))[0],
    log: () => db().select().from(decisions).orderBy(asc(decisions.id)),
    effects: () => db().select().from(outbox).orderBy(asc(outbox.id)),
    heard: () => db().select().from(inbox).orderBy(asc(inbox.id)),
    surveys: () => db().select().from(invitations).orderBy(asc(invitations.id)),
  };
}

export const at = (second: number, part = '000') => ({
  time: `2025-01-08T10:12:${String(second).padStart(2, '0')}.${part}Z`,
  updated_at: `2025-01-08T10:12:${String(second).padStart(2, '0')}Z`,
});

export const change = (
  second: number,
  type: string,
  detail: Record<string, unknown> = {},
  event: Record<string, unknown> = {},
): EnvelopeParts => ({
  type,
  time: at(second).time,
  detail: { updated_at: at(second).updated_at, ...detail },
  event,
});

export const comment = (second: number, id: string, author: string, body = 'Hello?'): EnvelopeParts =>
  change(
    second,
    'ticket.comment_added',
    { actor_id: author },
    { comment: { id, body, is_public: true, author: { id: author, name: 'x' } } },
  );

export function aRestTicket(part: Partial<ZendeskTicket> = {}): ZendeskTicket {
  return aZendeskTicket({
    subject: 'Refund please',
    description: 'I want a refund',
    status: 'new',
    requester_id: 900,
    created_at: '2025-01-08T10:12:07Z',
    updated_at: '2025-01-08T10:12:07Z',
    generated_timestamp: 1736331127,
    ...part,
  });
}

/** The last page of an export. */
export const aPage = (...list: ZendeskTicket[]): ExportPage => ({
  tickets: list,
  metricSets: [],
  cursor: 'c1',
  endOfStream: true,
});
