// Reads and writes tickets.
import { z } from 'zod';
import { zendeskId } from './field-shapes.ts';
import { metricSetShape } from './metric-set.ts';
import type { createNodeZendeskClient } from './node-zendesk-client.ts';
import { orNull, type ReadList, readRecords, readShape } from './read-shape.ts';
import { auditShape, commentShape, jobShape, solveShape, ticketShape, ticketUpdateShape } from './shapes.ts';
import type { Transport } from './transport.ts';
import { type Zendesk, ZendeskError, type ZendeskMetricSet } from './zendesk.ts';

type TicketCalls = Pick<
  Zendesk,
  | 'showTicket'
  | 'showTickets'
  | 'listComments'
  | 'listAuditMetadata'
  | 'lastSolvedAt'
  | 'updateTicket'
  | 'updateTickets'
  | 'createTicket'
  | 'findTicketByExternalId'
  | 'showJob'
  | 'exportTickets'
  | 'exportTicketEvents'
  | 'countTickets'
>;

/** `show_many` accepts 100 ids; the export returns up to 1,000 tickets per page. */
const IDS_A_CALL = 100;
const EXPORT_PAGE = 1000;

const exportShape = z.object({
  tickets: z.array(z.unknown()),
  metric_sets: z.array(z.unknown()).nullish().catch(null),
  after_cursor: z.string().nullish(),
  end_of_stream: z.boolean(),
});

const countShape = z.object({ count: z.object({ value: z.number() }) });

const eventExportShape = z.object({
  ticket_events: z.array(z.unknown()),
  end_time: z.number().nullish(),
  end_of_stream: z.boolean(),
});

/** Zendesk nests a side-loaded metric set in its ticket in some answers. */
const nestedMetricSet = z.object({ id: zendeskId, metric_set: metricSetShape });

export function createTicketCalls(
  resources: ReturnType<typeof createNodeZendeskClient>,
  transport: Transport,
  readList: ReadList,
): TicketCalls {
  return {
    async showTicket(id) {
      if (!isId(id)) return null;
      const shown = await orNull(resources.tickets.show(id));
      return shown && readShape(ticketShape, shown.result, 'show ticket');
    },

    async showTickets(asked) {
      const ids = asked.filter(isId);
      const tickets = [];
      for (let from = 0; from < ids.length; from += IDS_A_CALL) {
        const { result } = await resources.tickets.showMany(ids.slice(from, from + IDS_A_CALL));
        tickets.push(...readList(ticketShape, result, { kind: 'ticket', what: 'show_many tickets', complete: false }));
      }
      return tickets;
    },

    async listComments(ticketId) {
      requireId(ticketId);
      const comments = await resources.tickets.getComments(ticketId);
      return readList(commentShape, comments, { kind: 'comment', what: 'list comments', ticketId });
    },

    async listAuditMetadata(ticketId) {
      requireId(ticketId);
      const audits = await resources.ticketaudits.list(ticketId);
      return readList(auditShape, audits, { kind: 'audit', what: 'list audits', ticketId });
    },

    async lastSolvedAt(ticketId) {
      const audits = await resources.ticketaudits.list(ticketId);
      const { records } = readRecords(solveShape, audits, { kind: 'audit', what: 'list audits' });
      const solves = records.filter(({ events: isSolve }) => isSolve).map(({ created_at: at }) => at);
      return solves.toSorted((a, b) => Date.parse(a) - Date.parse(b)).at(-1) ?? null;
    },

    async updateTicket(id, write) {
      requireId(id);
      // Called directly, because node-zendesk types the body as a ticket read, not as a write.
      const { body } = await transport('PUT', `/api/v2/tickets/${id}.json`, { ticket: write });
      return readShape(z.object({ ticket: ticketShape }), body, 'update ticket').ticket;
    },

    async updateTickets(rows) {
      // `tickets.updateMany` applies one change to all tickets; this form has one change per ticket.
      const { body } = await transport('PUT', '/api/v2/tickets/update_many.json', { tickets: rows });
      const { job_status: job } = readShape(z.object({ job_status: jobShape }), body, 'update_many tickets');
      return { jobId: job.id };
    },

    async createTicket(ticket, idempotencyKey) {
      // https://developer.zendesk.com/api-reference/ticketing/introduction/#idempotency
      const headers = { 'idempotency-key': idempotencyKey };
      const { body } = await transport('POST', '/api/v2/tickets.json', { ticket }, { headers });
      return readShape(z.object({ ticket: ticketShape }), body, 'create ticket').ticket;
    },

    async findTicketByExternalId(externalId) {
      const query = new URLSearchParams({ external_id: externalId });
      const { body } = await transport('GET', `/api/v2/tickets.json?${query.toString()}`);
      const { tickets } = readShape(z.object({ tickets: z.array(ticketShape) }), body, 'list tickets by external id');
      return tickets.toSorted((a, b) => a.id - b.id)[0] ?? null;
    },

    async showJob(jobId) {
      const shown = await orNull(resources.jobstatuses.show(jobId));
      return shown && readShape(z.object({ job_status: jobShape }), shown.result, 'show job').job_status;
    },

    async exportTickets(from) {
      // node-zendesk's cursor export sends `cursor=undefined`, and its paging stops after the first page.
      const query = new URLSearchParams({ per_page: String(EXPORT_PAGE), include: 'metric_sets' });
      if ('cursor' in from) query.set('cursor', from.cursor);
      else query.set('start_time', String(Math.floor(from.startTime)));
      const { body } = await transport('GET', `/api/v2/incremental/tickets/cursor.json?${query.toString()}`);
      const page = readShape(exportShape, body, 'incremental export');
      const { records, unreadable } = readRecords(ticketShape, page.tickets, {
        kind: 'ticket',
        what: 'incremental export',
      });
      return {
        tickets: records,
        unreadable,
        metricSets: readMetricSets(page),
        cursor: page.after_cursor ?? null,
        endOfStream: page.end_of_stream,
      };
    },

    async exportTicketEvents(startTime) {
      const query = new URLSearchParams({ start_time: String(Math.floor(startTime)), include: 'comment_events' });
      const { body } = await transport('GET', `/api/v2/incremental/ticket_events.json?${query.toString()}`);
      const page = readShape(eventExportShape, body, 'export of ticket events');
      const { records, unreadable } = readRecords(ticketUpdateShape, page.ticket_events, {
        kind: 'audit',
        what: 'export of ticket events',
      });
      return {
        updates: records,
        hasUnreadable: unreadable.length > 0,
        endTime: page.end_time ?? null,
        endOfStream: page.end_of_stream,
      };
    },

    async countTickets() {
      const { body } = await transport('GET', '/api/v2/tickets/count.json');
      return readShape(countShape, body, 'count tickets').count.value;
    },
  };
}

/** Zendesk's ids start at 1; 0 means "none" in its events, and requesting it is not documented. */
const isId = (id: number): boolean => Number.isSafeInteger(id) && id > 0;

function requireId(id: number): void {
  if (!isId(id)) throw new ZendeskError('not_found', `There is no ticket ${id}`, null);
}

/** The metric sets that can be read: they save reads of comments; a ticket without one is read in full. */
function readMetricSets({ tickets, metric_sets: sideLoaded }: z.output<typeof exportShape>): ZendeskMetricSet[] {
  const beside = (sideLoaded ?? []).map((set) => metricSetShape.safeParse(set).data);
  const nested = tickets.map((ticket) => {
    const { data } = nestedMetricSet.safeParse(ticket);
    return data && { ...data.metric_set, ticket_id: data.id };
  });
  return [...beside, ...nested].flatMap((set) => (set?.ticket_id ? [{ ...set, ticket_id: set.ticket_id }] : []));
}
