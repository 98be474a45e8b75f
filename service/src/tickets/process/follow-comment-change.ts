// Determines the new state of a comment that was made private or redacted.

import { ZendeskError } from '../../zendesk/zendesk.ts';
import { isCommentKnown } from '../projection/comment-changes.ts';
import type { TicketEventChange, TicketSnapshot } from '../receive/ticket-event.ts';
import type { PipelineDeps } from './deps.ts';
import { type Observation, rowsOfComments } from './observation.ts';
import { learnAuthors } from './who-wrote.ts';

type CommentChange = Extract<TicketEventChange, { kind: 'comment_changed' }>['comment'];
type Whole = Pick<Observation, 'comments' | 'wholeAsOf' | 'hasFirst'>;
type Asker = Pick<TicketSnapshot, 'requesterId' | 'submitterId'>;

/** Adds the change to the observation of its event. Throws `ZendeskError`. */
export type FollowCommentChange = (
  observation: Observation,
  change: CommentChange,
  asker: Asker,
) => Promise<Observation>;

/**
 * For the events of one ticket and batch. If one does not name the comment and its new text, which is usual, the whole
 * conversation is read, once for all events.
 */
export function commentChangeFollower(
  deps: Pick<PipelineDeps, 'db' | 'zendesk' | 'clock' | 'directory'>,
): FollowCommentChange {
  let reading: Promise<Whole | null> | undefined;

  async function readAll({ ticketId, comments: [first], snapshot }: Observation, asker: Asker): Promise<Whole | null> {
    const wholeAsOf = new Date(deps.clock());
    try {
      const all = await deps.zendesk.listComments(ticketId);
      const comments = rowsOfComments(snapshot, all, await learnAuthors(deps, { ...asker, comments: all }));
      const hasFirst = comments.some(({ createdAt }) => createdAt.getTime() < snapshot.createdAt.getTime() + 1_000);
      return { comments: [...(hasFirst || !first ? [] : [first]), ...comments], hasFirst, wholeAsOf };
    } catch (error) {
      // The ticket was deleted: another event reports it.
      if (error instanceof ZendeskError && error.kind === 'not_found') return null;
      throw error;
    }
  }

  return async (observation, { id, body, isPublic }, asker) => {
    const isReported = id !== null && (isPublic !== null || body !== null);
    if (isReported && (await isCommentKnown(deps.db, id))) {
      const changed = { id, ...(isPublic === null ? {} : { public: isPublic }), ...(body === null ? {} : { body }) };
      return { ...observation, changedComment: changed };
    }
    reading ??= readAll(observation, asker);
    return { ...observation, ...(await reading) };
  };
}
