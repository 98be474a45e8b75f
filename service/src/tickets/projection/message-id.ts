// Recognises messaging tickets and numbers their messages among the comments.
import { createHash } from 'node:crypto';
import { MESSAGING_CHANNELS } from '@deskwright/shared';

/**
 * Messages of messaging tickets are named by text, comments by a number. This one is above all that Zendesk gives to comments (about 3e13 in
 * 2025), rises with the time of the message, so that both are ordered by it, and is the same whenever the same message is told.
 */
const FIRST = 4_500_000_000_000_000;
const SINCE = Date.UTC(2020, 0);
/** Messages of one millisecond are told apart by so many numbers; 36 years of them stay below 2^53. */
const IN_A_MILLISECOND = 3_900;

export function messageCommentId(ticketId: number, messageId: string, at: Date): number {
  const hash = createHash('sha256').update(`${ticketId}:${messageId}`).digest().readUInt32BE(0);
  return FIRST + Math.max(0, at.getTime() - SINCE) * IN_A_MILLISECOND + (hash % IN_A_MILLISECOND);
}

/** The least number of a message. */
export const FIRST_MESSAGE_ID = FIRST;

/** Whether tickets that came this way live in a conversation of messaging. */
export const isMessaging = (via: string | null): boolean => via !== null && MESSAGING_CHANNELS.includes(via);
