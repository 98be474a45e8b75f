// Recognises messaging tickets and assigns comment ids to their messages.
import { createHash } from 'node:crypto';
import { MESSAGING_CHANNELS } from '@deskwright/shared';

/**
 * Messages have text ids, comments have numbers. This number is above all that Zendesk uses for comments (about 3e13 in
 * 2025), increases with the message's time, so that both sort by it, and is the same each time the same message is received.
 */
const FIRST = 4_500_000_000_000_000;
const SINCE = Date.UTC(2020, 0);
/** Numbers that distinguish messages of one millisecond; 36 years of them stay below 2^53. */
const IN_A_MILLISECOND = 3_900;

export function messageCommentId(ticketId: number, messageId: string, at: Date): number {
  const hash = createHash('sha256').update(`${ticketId}:${messageId}`).digest().readUInt32BE(0);
  return FIRST + Math.max(0, at.getTime() - SINCE) * IN_A_MILLISECOND + (hash % IN_A_MILLISECOND);
}

/** The smallest id of a message. */
export const FIRST_MESSAGE_ID = FIRST;

/** Whether tickets of this channel are messaging conversations. */
export const isMessaging = (via: string | null): boolean => via !== null && MESSAGING_CHANNELS.includes(via);
