// Routes for ticket comments.
import { z } from 'zod';
import { htmlToText } from '../../account/tickets/comment-html.ts';
import type { Comment } from '../../account/types.ts';
import { id as anId, text } from '../bodies/common.ts';
import { withBody } from '../bodies/parse-body.ts';
import type { Call, Reply, Route } from '../call.ts';
import { paginate } from '../paging/paginate.ts';
import { countOf, idParam } from '../params.ts';
import { notFound, ok, replyTo } from '../replies.ts';
import { showComment } from '../shapes/comment.ts';
import { showUser } from '../shapes/user.ts';

/** Oldest first; newest first by `sort_order=desc` (offset) or `sort=-created_at` (cursor). */
function list(call: Call): Reply {
  const { account, query } = call;
  const ticketId = idParam(call);
  if (account.tickets.find(ticketId) === undefined) return notFound();
  const comments = account.tickets.comments(ticketId);
  const auditOf = new Map(
    account.tickets.audits(ticketId).flatMap((audit) => audit.events.map((event) => [event.id, audit] as const)),
  );
  const withUsers = (query.get('include') ?? '').split(',').includes('users');
  return paginate<Comment>(call, {
    key: 'comments',
    items: query.get('sort_order') === 'desc' ? comments.toReversed() : comments,
    idOf: (comment) => comment.id,
    show: (comment) => showComment(account, call.url, comment, auditOf.get(comment.id)),
    cursorSorts: { created_at: (comment) => comment.created_at },
    beside: (page) =>
      withUsers
        ? {
            users: [...new Set(page.map((comment) => comment.author_id))].flatMap((author) => {
              const user = account.users.find(author);
              return user === undefined ? [] : [showUser(call.url, user)];
            }),
          }
        : {},
  });
}

const redactBody = z.object({ text });
/** `html_body` marks the text to redact with `<redact>` tags; the path names the comment, `ticket_id` its ticket. */
const redactHtmlBody = z.object({ ticket_id: anId, html_body: text });
const REDACTED = /<redact>([\s\S]*?)<\/redact>/g;

const auditWith = ({ account }: Call, ticketId: number, commentId: number) =>
  account.tickets.audits(ticketId).find((audit) => audit.events.some((event) => event.id === commentId));

const redact = (call: Call, ticketId: number, commentId: number, texts: readonly string[]): Reply =>
  replyTo(call.account.tickets.redactComment(ticketId, commentId, texts, call.by), (comment) =>
    ok({ comment: showComment(call.account, call.url, comment, auditWith(call, ticketId, commentId)) }),
  );

const scope = 'tickets';

export const ticketCommentRoutes: readonly Route[] = [
  { method: 'get', path: '/tickets/:id/comments', scope, handle: list },
  {
    method: 'get',
    path: '/tickets/:id/comments/count',
    scope,
    handle: (call) =>
      call.account.tickets.find(idParam(call)) === undefined
        ? notFound()
        : ok(countOf(call, call.account.tickets.comments(idParam(call)).length)),
  },
  {
    method: 'put',
    path: '/tickets/:id/comments/:commentId/make_private',
    scope,
    handle: (call) =>
      replyTo(call.account.tickets.makeCommentPrivate(idParam(call), idParam(call, 'commentId'), call.by), () =>
        ok(''),
      ),
  },
  {
    method: 'put',
    path: '/tickets/:id/comments/:commentId/redact',
    scope,
    handle: (call) =>
      withBody(call, redactBody, (body) => redact(call, idParam(call), idParam(call, 'commentId'), [body.text])),
  },
  {
    method: 'put',
    path: '/comment_redactions/:commentId',
    scope,
    handle: (call) =>
      withBody(call, redactHtmlBody, ({ ticket_id, html_body }) =>
        redact(
          call,
          ticket_id,
          idParam(call, 'commentId'),
          [...html_body.matchAll(REDACTED)].map(([, words]) => htmlToText(words ?? '')),
        ),
      ),
  },
];
