// Which tickets have changed since a moment?
import type { Ticket } from '../../account/types.ts';
import type { Call, Reply, Route } from '../call.ts';
import { incrementalBuckets } from '../limits/buckets.ts';
import { failed, ok } from '../replies.ts';
import { showTicket } from '../shapes/ticket.ts';
import { sideLoads } from '../side-loads.ts';

/** Changes younger than this are not given out yet, and may not be asked from. */
const QUIET_SECONDS = 60;

interface Place {
  time: number;
  id: number;
}

const encode = ({ time, id }: Place): string => Buffer.from(`${time}.0||${id}`).toString('base64');

function decode(cursor: string): Place | undefined {
  const [, time, id] = /^(\d+)\.0\|\|(\d+)$/.exec(Buffer.from(cursor, 'base64').toString()) ?? [];
  return time === undefined || id === undefined ? undefined : { time: Number(time), id: Number(id) };
}

const placeOf = (ticket: Ticket): Place => ({ time: ticket.generated_timestamp, id: ticket.id });
const order = (a: Place, b: Place): number => a.time - b.time || a.id - b.id;

/** By `generated_timestamp`, not `updated_at`; deleted tickets too. */
function changedSince(call: Call, from: Place): readonly Ticket[] {
  const quietSince = Math.floor(call.account.clock.now() / 1000) - QUIET_SECONDS;
  const { tickets } = call.account;
  return [...tickets.list(), ...tickets.deleted()]
    .filter((ticket) => ticket.generated_timestamp <= quietSince && order(placeOf(ticket), from) > 0)
    .toSorted((a, b) => order(placeOf(a), placeOf(b)));
}

function startPlace(call: Call): Place | Reply {
  const start = Number(call.query.get('start_time') ?? Number.NaN);
  if (!Number.isInteger(start) || start < 0)
    return failed(400, 'InvalidValue', 'start_time is required, in epoch seconds');
  if (start > Math.floor(call.account.clock.now() / 1000) - QUIET_SECONDS) {
    return failed(400, 'StartTimeTooRecent', 'Too recent start_time. Use a start_time older than 60 seconds');
  }
  return { time: start, id: 0 };
}

const pageSize = (call: Call): number => {
  const size = Number(call.query.get('per_page') ?? 1_000);
  return Number.isInteger(size) && size > 0 ? Math.min(size, 1_000) : 1_000;
};

function byCursor(call: Call): Reply {
  const cursor = call.query.get('cursor');
  const from = cursor === null ? startPlace(call) : decode(cursor);
  if (from === undefined) return failed(400, 'InvalidCursor', 'The cursor is not valid');
  if ('status' in from) return from;
  const changed = changedSince(call, from);
  const page = changed.slice(0, pageSize(call));
  const last = page.at(-1);
  const after_cursor = last === undefined ? (cursor ?? encode(from)) : encode(placeOf(last));
  return ok({
    tickets: page.map((ticket) => showTicket(call.account, call.url, ticket)),
    ...sideLoads(call, page),
    after_url: `${call.url('/incremental/tickets/cursor.json')}?cursor=${encodeURIComponent(after_cursor)}`,
    before_url: null,
    after_cursor,
    before_cursor: null,
    end_of_stream: page.length === changed.length,
  });
}

/** The older export by time: pages end at a whole second, so a page may repeat what the last one told. */
function byTime(call: Call): Reply {
  const from = startPlace(call);
  if ('status' in from) return from;
  const changed = changedSince(call, { time: from.time, id: -1 });
  const page = changed.slice(0, pageSize(call));
  const end_time = page.at(-1)?.generated_timestamp ?? null;
  return ok({
    tickets: page.map((ticket) => showTicket(call.account, call.url, ticket)),
    ...sideLoads(call, page),
    count: page.length,
    end_of_stream: page.length === changed.length,
    end_time,
    next_page: end_time === null ? null : `${call.url('/incremental/tickets.json')}?start_time=${end_time}`,
  });
}

/** Audits of changed tickets; with `include=comment_events` their comments are among the `child_events`. */
function ticketEvents(call: Call): Reply {
  const from = startPlace(call);
  if ('status' in from) return from;
  const withComments = (call.query.get('include') ?? '').split(',').includes('comment_events');
  const quietSince = call.account.clock.now() - QUIET_SECONDS * 1000;
  const audits = changedSince(call, { time: from.time, id: -1 })
    .flatMap((ticket) => call.account.tickets.audits(ticket.id))
    .filter((audit) => Date.parse(audit.created_at) >= from.time * 1000 && Date.parse(audit.created_at) <= quietSince)
    .toSorted((a, b) => Date.parse(a.created_at) - Date.parse(b.created_at) || a.id - b.id);
  const page = audits.slice(0, pageSize(call));
  const lastAt = page.at(-1)?.created_at;
  const end_time = lastAt === undefined ? null : Date.parse(lastAt) / 1000;
  return ok({
    ticket_events: page.map((audit) => ({
      id: audit.id,
      ticket_id: audit.ticket_id,
      timestamp: Date.parse(audit.created_at) / 1000,
      created_at: audit.created_at,
      updater_id: audit.author_id,
      via: audit.via.channel,
      system: audit.metadata.system,
      metadata: audit.metadata,
      event_type: 'Audit',
      child_events: audit.events
        .filter((event) => withComments || event.type !== 'Comment')
        .map((event) => ({ ...event, event_type: event.type })),
    })),
    count: page.length,
    end_of_stream: page.length === audits.length,
    end_time,
    next_page: end_time === null ? null : `${call.url('/incremental/ticket_events.json')}?start_time=${end_time}`,
  });
}

const common = { method: 'get', scope: 'tickets', role: 'admin', buckets: incrementalBuckets } as const;

export const incrementalRoutes: readonly Route[] = [
  { ...common, path: '/incremental/tickets/cursor', handle: byCursor },
  { ...common, path: '/incremental/tickets', handle: byTime },
  { ...common, path: '/incremental/ticket_events', handle: ticketEvents },
];
