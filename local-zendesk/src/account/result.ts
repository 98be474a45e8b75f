// Declares how the account reports refusals.

/** One complaint of Zendesk's `RecordInvalid` envelope. */
export interface Complaint {
  description: string;
  error?: string | null;
  ticket_field_id?: number;
  ticket_field_type?: string;
}

/** Every expected refusal; `http/refusals.ts` maps each onto Zendesk's status and error envelope. */
export type Refusal =
  | { kind: 'not_found' }
  | { kind: 'forbidden'; message: string }
  | { kind: 'stale' }
  | { kind: 'invalid'; details: Readonly<Record<string, readonly Complaint[]>> }
  | { kind: 'bad_value'; message: string };

export type Result<T> = { ok: true; value: T } | { ok: false; refusal: Refusal };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

export const refuse = (refusal: Refusal): { ok: false; refusal: Refusal } => ({ ok: false, refusal });

/** The common case: one complaint about one field. */
export const invalid = (field: string, description: string, error?: string): { ok: false; refusal: Refusal } =>
  refuse({ kind: 'invalid', details: { [field]: [error === undefined ? { description } : { description, error }] } });

/**
 * The value, for callers (seeds, tests) for whom a refusal is a bug.
 * @throws Error which names the refusal.
 */
export function expectOk<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(`The account refused: ${JSON.stringify(result.refusal)}`);
}
