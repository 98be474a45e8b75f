// Writes and reads the Message-ID of survey mails, with the proof that a mail which names one was returned.
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { InvitationRow } from './why-not-send.ts';

/** Without a ticket its place has a 0. The last part proves that a mail which names this one was returned: only we and who got it know it. */
export function invitationMessageId(
  row: Pick<InvitationRow, 'id' | 'ticketId' | 'solvedAt' | 'createdAt' | 'tokenHash'>,
  publicUrl: string,
): string {
  const { id, ticketId, solvedAt, createdAt, tokenHash } = row;
  const second = Math.floor((solvedAt ?? createdAt).getTime() / 1000);
  const proof = tokenHash === null ? '' : `.${proofOf(id, tokenHash)}`;
  return `<survey.${id}.${ticketId ?? 0}.${second}${proof}@${new URL(publicUrl).hostname}>`;
}

/** It goes to the same thread as the first mail. */
export const reminderMessageId = (...of: Parameters<typeof invitationMessageId>): string =>
  invitationMessageId(...of).replace('@', '.reminder@');

/** 128 bits of HMAC-SHA256, whose key is the hash of the link's 256 random bits. Hexadecimal: servers may change the case. */
const proofOf = (id: number, tokenHash: Buffer): string =>
  createHmac('sha256', tokenHash).update(`survey mail ${id}`).digest('hex').slice(0, 32);

/** Reads what `invitationMessageId` wrote, of a reminder too. Null: it is no Message-ID of ours; `proof` null: of an older version. */
export function readMessageId(messageId: string): { id: number; proof: string | null } | null {
  const [, id, proof] = /^<survey\.(\d{1,15})\.\d+\.\d+(?:\.([\da-f]{32}))?(?:\.reminder)?@/i.exec(messageId) ?? [];
  return id === undefined ? null : { id: Number(id), proof: proof?.toLowerCase() ?? null };
}

/** In constant time. */
export const isProven = (proof: string, id: number, tokenHash: Buffer): boolean => {
  const expected = Buffer.from(proofOf(id, tokenHash));
  const given = Buffer.from(proof);
  return given.length === expected.length && timingSafeEqual(given, expected);
};
