// Adds a comment to a pending change.

import { isMessaging } from '../conversations.ts';
import type { CommentInput } from '../ticket-input.ts';
import type { Comment, Via } from '../types.ts';
import { isoSeconds } from '../values.ts';
import { htmlToText, textToHtml } from './comment-html.ts';
import type { Draft } from './draft.ts';
import type { TicketDeps } from './ticket-deps.ts';

/** An agent's public comment names the requester as its recipient. */
function viaTo(deps: TicketDeps, draft: Draft, isAnswer: boolean): Via {
  const requester = deps.users.find(draft.ticket.requester_id);
  if (!isAnswer || !requester?.email) return draft.via;
  const to = { address: requester.email, name: requester.name };
  return { ...draft.via, source: { ...draft.via.source, to } };
}

/**
 * `public` defaults to that of the ticket's first comment, as in Zendesk; customers can only write publicly, but
 * for the first comment of a messaging ticket, which Zendesk keeps private.
 * A comment without text is ignored.
 */
export function addComment(deps: TicketDeps, draft: Draft, input: CommentInput, via?: Via): Comment | undefined {
  const body = input.body ?? htmlToText(input.html_body ?? '');
  if (body.trim() === '') return undefined;
  const author_id = input.author_id ?? draft.actorId;
  const first = draft.earlier[0] ?? draft.comments[0];
  const isCustomer = deps.users.find(author_id)?.role === 'end-user';
  const isConversation = first === undefined && isMessaging(draft.via.channel);
  const isPublic = !isConversation && (isCustomer || (input.public ?? first?.public ?? true));
  const comment: Comment = Object.freeze({
    id: deps.core.nextId(),
    ticket_id: draft.ticket.id,
    author_id,
    body,
    html_body: textToHtml(input.html_body ?? null, body),
    public: isPublic,
    attachment_ids: deps.uploads.take(input.uploads ?? []),
    created_at: isoSeconds(draft.at),
    via: via ?? viaTo(deps, draft, isPublic && !isCustomer),
  });
  draft.comments.push(comment);
  // Zendesk gives a comment and its audit event one and the same id.
  draft.events.push({
    id: comment.id,
    type: 'Comment',
    author_id,
    body: comment.body,
    html_body: comment.html_body,
    plain_body: comment.body,
    public: comment.public,
    attachment_ids: comment.attachment_ids,
    ...(via && { via }),
  });
  draft.ticket.is_public = draft.ticket.is_public || comment.public;
  return comment;
}
