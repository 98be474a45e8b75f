// Limits the account to what a restricted agent may see.
import type { Account } from '../../account/account.ts';
import { mayAgentSee } from '../../account/may-agent-see.ts';
import { type Refusal, refuse } from '../../account/result.ts';
import type { Tickets } from '../../account/tickets-api.ts';
import type { Ticket, User } from '../../account/types.ts';
import type { Call, Reply, Route } from '../call.ts';

const MESSAGE =
  'You do not have access to this page. Please contact the account owner of this help desk for further help.';
const FORBIDDEN: Refusal = { kind: 'forbidden', message: MESSAGE };

/** Routes of one ticket say 403 for one that is there but not for the caller; lists leave such tickets out. */
export function asSeenByCaller(call: Call, route: Route): Call | Reply {
  const { user } = call.caller;
  if (user === null || user.role !== 'agent' || user.ticket_restriction === null) return call;
  const sees = (ticket: Ticket) => mayAgentSee(call.account, user, ticket);
  if (route.path.startsWith('/tickets/:id')) {
    const ticket = call.account.tickets.find(Number(call.params['id']));
    if (ticket !== undefined && !sees(ticket)) {
      return { status: 403, body: { error: { title: 'Forbidden', message: MESSAGE } } };
    }
  }
  return {
    ...call,
    account: accountAsSeen(call.account, sees, user),
    searchIndex: { tickets: () => call.searchIndex.tickets().filter(sees) },
  };
}

type Sees = (ticket: Ticket) => boolean;

function accountAsSeen(account: Account, sees: Sees, user: User): Account {
  const tickets = ticketsAsSeen(account.tickets, sees);
  const { skips } = account;
  return {
    ...account,
    tickets,
    skips: {
      list: (filter) => skips.list(filter).filter(({ ticket_id }) => !tickets.isHidden(ticket_id)),
      record: (input, by) => (tickets.isHidden(input.ticket_id) ? refuse(FORBIDDEN) : skips.record(input, by)),
    },
    views: {
      ...account.views,
      tickets: (view, options) => account.views.tickets(view, { viewerId: user.id, ...options }).filter(sees),
    },
  };
}

function ticketsAsSeen(tickets: Tickets, sees: Sees): Tickets & { isHidden: (id: number) => boolean } {
  const isHidden = (id: number): boolean => {
    const ticket = tickets.find(id) ?? tickets.findDeleted(id);
    return ticket !== undefined && !sees(ticket);
  };
  const list = () => tickets.list().filter(sees);
  /** Reading or writing one by id: as if it were not there, or refused. */
  const unlessHidden =
    <Rest extends unknown[], T>(act: (id: number, ...rest: Rest) => T, instead: T) =>
    (id: number, ...rest: Rest): T =>
      isHidden(id) ? instead : act(id, ...rest);
  const refused = refuse(FORBIDDEN);
  return {
    isHidden,
    create: tickets.create,
    runAutomations: tickets.runAutomations,
    update: unlessHidden(tickets.update, refused),
    addTags: unlessHidden(tickets.addTags, refused),
    replaceTags: unlessHidden(tickets.replaceTags, refused),
    removeTags: unlessHidden(tickets.removeTags, refused),
    merge: (targetId, input, by) =>
      [targetId, ...input.ids].some(isHidden) ? refused : tickets.merge(targetId, input, by),
    softDelete: unlessHidden(tickets.softDelete, refused),
    restore: unlessHidden(tickets.restore, refused),
    deletePermanently: unlessHidden(tickets.deletePermanently, refused),
    markAsSpam: unlessHidden(tickets.markAsSpam, refused),
    makeCommentPrivate: unlessHidden(tickets.makeCommentPrivate, refused),
    redactComment: unlessHidden(tickets.redactComment, refused),
    find: unlessHidden(tickets.find, undefined),
    findDeleted: unlessHidden(tickets.findDeleted, undefined),
    list,
    deleted: () => tickets.deleted().filter(sees),
    count: () => list().length,
    comments: unlessHidden(tickets.comments, []),
    audits: unlessHidden(tickets.audits, []),
    metrics: unlessHidden(tickets.metrics, undefined),
    incidents: (problemId) => tickets.incidents(problemId).filter(sees),
  };
}
