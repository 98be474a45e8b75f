// Reads why a refund is made: in the agent's words, and as what they chose from the policy's list.
import type { Policy } from '@deskwright/shared';
import { z } from 'zod';
import { type Refused, refuse } from '../sidebar/index.ts';

/** Characters. */
const LONGEST_REASON = 500;

/** An id of the policy: no sentence and no name of a customer can be one. */
export const aReasonCode = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);

export interface RefundReason {
  /** Trimmed. */
  readonly reason: string;
  /** Null: none was chosen. */
  readonly reasonCode: string | null;
}

type Codes = Pick<Policy, 'refunds'>;

const codesOf = ({ refunds }: Codes) => refunds?.reason_codes ?? [];

export function readRefundReason(
  policy: Codes,
  { reason: written, reasonCode: code }: { readonly reason: string; readonly reasonCode?: string | undefined },
): RefundReason | Refused {
  const reason = readReason(written);
  if (typeof reason !== 'string') return reason;
  return code === undefined || codesOf(policy).some(({ id }) => id === code)
    ? { reason, reasonCode: code ?? null }
    : refuse('choice_gone', 'The policy no longer has this reason code. Choose another.');
}

/** Trimmed. */
export function readReason(written: string): string | Refused {
  const reason = written.trim();
  if (reason === '') return refuse('fields_missing', 'Write why it was refunded.', { fields: ['reason'] });
  if (reason.length > LONGEST_REASON)
    return refuse('bad_request', `The reason may have ${LONGEST_REASON} characters.`, { fields: ['reason'] });
  return reason;
}

/** The id where the policy no longer has it. */
export const nameOfReasonCode = (policy: Codes, code: string | null): string | null =>
  codesOf(policy).find(({ id }) => id === code)?.name ?? code;

/** A part of a note: the code by its id, which stays the same when the policy names it anew. Empty: nothing is known. */
export function reasonInNote({
  reason,
  reasonCode,
}: {
  readonly reason: string | null;
  readonly reasonCode: string | null;
}) {
  const code = reasonCode === null ? '' : ` (${reasonCode})`;
  if (reason === null) return reasonCode === null ? '' : `\n\nReason: ${reasonCode}`;
  return `\n\nReason${code}:\n${reason}`;
}
