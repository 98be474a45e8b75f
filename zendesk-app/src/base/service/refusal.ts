// Names the reasons for which a call to the service can fail.
import type { FeedbackRefusal, Money, RefusalCode } from '@deskwright/shared/contract';

/** The service's codes, with those joined that the sidebar treats alike. */
export type RefusalKind =
  | Exclude<
      RefusalCode,
      'bad_request' | 'token_missing' | 'token_expired' | 'token_invalid' | 'unavailable' | 'internal'
    >
  /** No answer, or the service cannot reach what it needs. The call may have been carried out. */
  | 'unreachable'
  /** The agent must reload the app. */
  | 'session_ended'
  /** A bug, here or in the service. */
  | 'failed';

export interface Refusal {
  readonly kind: RefusalKind;
  /** Ids, with `fields_missing`. */
  readonly fields: readonly string[];
  /** With `no_such_group` its name in the policy, with `group_not_allowed` its name in Zendesk. */
  readonly group: string;
  /** With `above_limit`: what the agent may refund now. */
  readonly upTo: Money | null;
  /** With `not_verified`. */
  readonly triesLeft: number | null;
  /** With `locked`. */
  readonly until: string | null;
  /** With `not_asked`. */
  readonly feedback: FeedbackRefusal | null;
  /** How long the service asks to wait, in milliseconds. Null: it did not say. */
  readonly retryAfterMs: number | null;
}

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

export function refused(kind: RefusalKind, more: Partial<Refusal> = {}): { ok: false; refusal: Refusal } {
  return {
    ok: false,
    refusal: {
      kind,
      fields: [],
      group: '',
      upTo: null,
      triesLeft: null,
      until: null,
      feedback: null,
      retryAfterMs: null,
      ...more,
    },
  };
}
