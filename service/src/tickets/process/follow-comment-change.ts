// Learns what became of a comment that an event says was made private or redacted.

import { ZendeskError } from '../../zendesk/zendesk.ts';
import { isCommentKnown } from '../projection/comment-changes.ts';
import type { TicketEventChange, TicketSnapshot } from '../receive/ticket-event.ts';
import type { PipelineDeps } from './deps.ts';
import { type Look, rowsOfComments } from './look.ts';
import { learnAuthors } from './who-wrote.ts';

type CommentChange = Extract<TicketEventChange, { kind: 'comment_changed' }>['comment'];
type Whole = Pick<Look, 'comments' | 'wholeAsOf' | 'hasFirst'>;
type Asker = Pick<TicketSnapshot, 'requesterId' | 'submitterId'>;

/** Adds a change to the look of its event. Throws `ZendeskError`. */
export type FollowCommentChange = (look: Look, change: CommentChange, asker: Asker) => Promise<Look>;

/**
 * For the events of one ticket and batch. Where one does not say which comment it is and how it reads now, which is the rule, the whole
 * conversation is read, once for all of them.
 */
export function commentChangeFollower(
  deps: Pick<PipelineDeps, 'db' | 'zendesk' | 'clock' | 'directory'>,
): FollowCommentChange {
  let reading: Promise<Whole | null> | undefined;

  async function readAll({ ticketId, comments: [first], snapshot }: Look, asker: Asker): Promise<Whole | null> {
    const wholeAsOf = new Date(deps.clock());
    try {
      const all = await deps.zendesk.listComments(ticketId);
      const comments = rowsOfComments(snapshot, all, await learnAuthors(deps, { ...asker, comments: all }));
      const hasFirst = comments.some(({ createdAt }) => createdAt.getTime() < snapshot.createdAt.getTime() + 1_000);
      return { comments: [...(hasFirst || !first ? [] : [first]), ...comments], hasFirst, wholeAsOf };
    } catch (error) {
      // The ticket is gone: another event tells so.
      if (error instanceof ZendeskError && error.kind === 'not_found') return null;
      throw error;
    }
  }

  return async (look, { id, body, isPublic }, asker) => {
    const isTold = id !== null && (isPublic !== null || body !== null);
    if (isTold && (await isCommentKnown(deps.db, id))) {
      const changed = { id, ...(isPublic === null ? {} : { public: isPublic }), ...(body === null ? {} : { body }) };
      return { ...look, changedComment: changed };
    }
    reading ??= readAll(look, asker);
    return { ...look, ...(await reading) };
  };
}
