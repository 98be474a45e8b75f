// How are the comments of one ticket read?
import type { Comment } from '../../account/types.ts';
import type { Call, Reply, Route } from '../call.ts';
import { paginate } from '../paging/paginate.ts';
import { countOf, idParam } from '../params.ts';
import { notFound, ok, replyTo } from '../replies.ts';
import { showComment } from '../shapes/comment.ts';
import { showUser } from '../shapes/user.ts';

/** Oldest first; newest first by `sort_order=desc` (offset) or `sort=-created_at` (cursor). */
function list(call: Call): Reply {
  const { account, query } = call;
  const id = idParam(call);
  if (account.tickets.find(id) === undefined) return notFound();
  const comments = account.tickets.comments(id);
  const auditOf = new Map(
    account.tickets.audits(id).flatMap((audit) => audit.events.map((event) => [event.id, audit] as const)),
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
];
