// Routes for bulk writes of tickets.
import type { Result } from '../../account/result.ts';
import type { TicketPatch } from '../../account/ticket-input.ts';
import { withBody } from '../bodies/parse-body.ts';
import { bulkManyBody, bulkOneBody, ticketsBody } from '../bodies/ticket.ts';
import type { Call, Reply, Route } from '../call.ts';
import { failedRow } from '../jobs/failed-row.ts';
import type { JobRow } from '../jobs/jobs.ts';
import { replyWithJob } from '../jobs/reply-with-job.ts';
import { idsParam } from '../params.ts';
import { invalidAttribute, tooMany } from '../replies.ts';

const MOST = 100;

function createMany(call: Call): Reply | Promise<Reply> {
  const { tickets: given } = (call.body ?? {}) as { tickets?: unknown };
  if (Array.isArray(given) && given.length > MOST) return tooMany({ max_count: MOST });
  return withBody(call, ticketsBody, ({ tickets }) =>
    replyWithJob(call, 'Bulk Create Ticket', tickets.length, () =>
      tickets.map((ticket, index): JobRow => {
        const written = call.account.tickets.create(ticket, call.by);
        return written.ok ? { index, id: written.value.ticket.id } : failedRow(index, null, written.refusal);
      }),
    ),
  );
}

const rowOf = (index: number, id: number, action: string, status: string, result: Result<unknown>): JobRow =>
  result.ok ? { id, action, success: true, status } : failedRow(index, id, result.refusal);

function startUpdates(call: Call, rows: readonly { id: number; patch: TicketPatch }[]): Reply {
  return replyWithJob(call, 'Bulk Update Ticket', rows.length, () =>
    rows.map(({ id, patch }, index) =>
      rowOf(index, id, 'update', 'Updated', call.account.tickets.update(id, patch, call.by)),
    ),
  );
}

/** One change for all `ids`, or a separate change for each ticket; every row may have an `updated_stamp`. */
function updateMany(call: Call): Reply | Promise<Reply> {
  if (!call.query.has('ids')) {
    return withBody(call, bulkManyBody, ({ tickets }) =>
      startUpdates(
        call,
        tickets.map(({ id, ...patch }) => ({ id, patch })),
      ),
    );
  }
  const ids = idsParam(call);
  if (ids.length === 0 || ids.length > MOST) return invalidAttribute(`ids: between 1 and ${MOST} tickets`);
  return withBody(call, bulkOneBody, ({ ticket }) =>
    startUpdates(
      call,
      ids.map((id) => ({ id, patch: ticket })),
    ),
  );
}

const forEachId =
  (jobType: string, action: string, status: string, act: (call: Call, id: number) => Result<unknown>) =>
  (call: Call): Reply => {
    const ids = idsParam(call);
    if (ids.length === 0 || ids.length > MOST) return invalidAttribute(`ids: between 1 and ${MOST} tickets`);
    return replyWithJob(call, jobType, ids.length, () =>
      ids.map((id, index) => rowOf(index, id, action, status, act(call, id))),
    );
  };

const scope = 'tickets';

export const ticketBulkRoutes: readonly Route[] = [
  { method: 'post', path: '/tickets/create_many', scope, handle: createMany },
  { method: 'put', path: '/tickets/update_many', scope, handle: updateMany },
  {
    method: 'delete',
    path: '/tickets/destroy_many',
    scope,
    handle: forEachId('Bulk Delete Ticket', 'delete', 'Deleted', ({ account, by }, id) =>
      account.tickets.softDelete(id, by),
    ),
  },
  {
    method: 'put',
    path: '/tickets/mark_many_as_spam',
    scope,
    handle: forEachId('Mark Many As Spam', 'mark_as_spam', 'Updated', ({ account, by }, id) =>
      account.tickets.markAsSpam(id, by),
    ),
  },
];
