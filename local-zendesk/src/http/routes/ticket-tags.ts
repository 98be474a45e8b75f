// Routes for ticket tags.
import type { Actor } from '../../account/actor.ts';
import type { Result } from '../../account/result.ts';
import type { TicketWrite } from '../../account/ticket-input.ts';
import type { Stamp, Tickets } from '../../account/tickets-api.ts';
import { withBody } from '../bodies/parse-body.ts';
import { tagsBody } from '../bodies/ticket.ts';
import type { Call, Reply, Route } from '../call.ts';
import { ticketUpdateBuckets } from '../limits/buckets.ts';
import { idParam } from '../params.ts';
import { notFound, ok, replyTo } from '../replies.ts';

function list(call: Call): Reply {
  const ticket = call.account.tickets.find(idParam(call));
  return ticket === undefined ? notFound() : ok({ tags: ticket.tags });
}

type Write = (tickets: Tickets, id: number, tags: readonly string[], by: Actor, stamp: Stamp) => Result<TicketWrite>;

/** A ticket's own `safe_update` does not reach here: the tags endpoints take stamps of their own. */
const write =
  (status: number, act: Write) =>
  (call: Call): Reply | Promise<Reply> => {
    const fromQuery = call.query.get('tags');
    const body = call.body ?? (fromQuery === null ? undefined : { tags: fromQuery });
    return withBody({ ...call, body }, tagsBody, ({ tags, ...stamp }) =>
      replyTo(act(call.account.tickets, idParam(call), tags, call.by, stamp), ({ ticket }) => ({
        status,
        body: { tags: ticket.tags },
      })),
    );
  };

const path = '/tickets/:id/tags';
const scope = 'tickets';
const buckets = ticketUpdateBuckets;

/** PUT adds, POST replaces all, DELETE removes. */
export const ticketTagRoutes: readonly Route[] = [
  { method: 'get', path, scope, handle: list },
  { method: 'put', path, scope, buckets, handle: write(200, (tickets, ...rest) => tickets.addTags(...rest)) },
  { method: 'post', path, scope, buckets, handle: write(201, (tickets, ...rest) => tickets.replaceTags(...rest)) },
  { method: 'delete', path, scope, buckets, handle: write(200, (tickets, ...rest) => tickets.removeTags(...rest)) },
];
