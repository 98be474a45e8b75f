// Makes a comment private, or redacts text permanently.
import type { Actor } from '../actor.ts';
import type { Audit } from '../audit.ts';
import { invalid, ok, type Result, refuse } from '../result.ts';
import type { Comment } from '../types.ts';
import { textToHtml } from './comment-html.ts';
import { type Announcer, commit } from './commit.ts';
import { addEvent } from './draft.ts';
import type { TicketDeps } from './ticket-deps.ts';
import { openDraft } from './update-ticket.ts';

export interface ChangeComment {
  makeCommentPrivate: (id: number, commentId: number, by: Actor) => Result<Comment>;
  /** `invalid` if the comment contains none of the texts. */
  redactComment: (id: number, commentId: number, texts: readonly string[], by: Actor) => Result<Comment>;
}

type Change = { kind: 'comment_made_private' | 'comment_redacted'; alter: (comment: Comment) => Comment };

/** Stands in place of every redacted character (Zendesk API reference, "Redact String in Comment"). */
const BLACK = '▇';

/** No trigger runs on either. The first comment is the ticket's description too. */
export function createChangeComment(deps: TicketDeps, announcer: Announcer): ChangeComment {
  function change(id: number, commentId: number, { kind, alter }: Change, by: Actor): Result<Comment> {
    const record = deps.store.find(id);
    const comment = record?.comments.find((one) => one.id === commentId);
    if (record === undefined || comment === undefined) return refuse({ kind: 'not_found' });
    const changed = Object.freeze(alter(comment));
    const comments = record.comments.map((one) => (one === comment ? changed : one));
    deps.store.put({ ...record, comments, audits: record.audits.map((audit) => addToAudit(audit, changed)) });
    const draft = openDraft(deps, record.ticket, by);
    if (comments[0] === changed) draft.ticket.description = changed.body;
    draft.ticket.is_public = comments.some((one) => one.public);
    addEvent(
      deps.core,
      draft,
      kind === 'comment_made_private'
        ? { type: 'CommentPrivacyChange', comment_id: commentId, public: false }
        : { type: 'CommentRedactionEvent', comment_id: commentId },
    );
    const announcerOfComment: Announcer = {
      ...announcer,
      ticketChanged: (change) => announcer.ticketChanged(Object.freeze({ ...change, comments: [changed] })),
    };
    commit(deps, announcerOfComment, draft, kind);
    return ok(changed);
  }
  return {
    makeCommentPrivate: (id, commentId, by) =>
      change(id, commentId, { kind: 'comment_made_private', alter: (one) => ({ ...one, public: false }) }, by),
    redactComment: (id, commentId, texts, by) => {
      const body = deps.store.find(id)?.comments.find((one) => one.id === commentId)?.body;
      if (body !== undefined && !texts.some((text) => text !== '' && body.includes(text)))
        return invalid('text', 'Text not found in the comment');
      return change(id, commentId, { kind: 'comment_redacted', alter: (one) => redact(one, texts) }, by);
    },
  };
}

function redact(comment: Comment, texts: readonly string[]): Comment {
  const body = texts.reduce((rest, text) => rest.replaceAll(text, BLACK.repeat(text.length)), comment.body);
  return { ...comment, body, html_body: textToHtml(null, body) };
}

/** The audit in which the comment was added shows it as it is now. */
function addToAudit(audit: Audit, { id, body, html_body, public: isPublic }: Comment): Audit {
  if (!audit.events.some((event) => event.id === id)) return audit;
  const events = audit.events.map((event) =>
    event.id === id && event.type === 'Comment'
      ? { ...event, body, html_body, plain_body: body, public: isPublic }
      : event,
  );
  return Object.freeze({ ...audit, events });
}
