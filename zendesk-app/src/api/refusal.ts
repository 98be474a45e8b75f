// Why did a call to the service not succeed, as far as the sidebar must tell cases apart?

export interface Refusal {
  readonly kind: /** No answer, or the service cannot reach what it needs. The call may have been carried out. */
    | 'unreachable'
    /** The agent must open the app anew. */
    | 'session_ended'
    | 'forbidden'
    | 'read_only'
    /** The role may not assign tickets to `group`. */
    | 'group_not_allowed'
    | 'not_found'
    | 'closed'
    | 'solved'
    /** Zendesk lacks `group`. */
    | 'no_such_group'
    /** Somebody was faster. */
    | 'conflict'
    | 'fields_missing'
    | 'too_many_requests'
    /** A bug, here or there. */
    | 'failed';
  /** Ids, with `fields_missing`. */
  readonly fields: readonly string[];
  /** With `no_such_group` its name in the policy, with `group_not_allowed` its name in Zendesk. */
  readonly group: string;
  /** When the service asks to be left alone for a while. */
  readonly retryAfterMs: number | null;
}

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

export function refused(kind: Refusal['kind'], more: Partial<Refusal> = {}): { ok: false; refusal: Refusal } {
  return { ok: false, refusal: { kind, fields: [], group: '', retryAfterMs: null, ...more } };
}
