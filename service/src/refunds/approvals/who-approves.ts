// Decides who may answer a request for more than a limit, and up to how much.
import type { Policy } from '@deskwright/shared';

export interface Approver {
  /** In lower case; null if Zendesk has none. */
  readonly email: string | null;
  readonly tiers: readonly string[];
}

/** `any`: any amount that is left of the payment. `own_limit`: what they might refund themselves. Null: they answer nothing. */
export function mayApprove(
  { approve_above_limit, approvals }: NonNullable<Policy['refunds']>,
  { email, tiers }: Approver,
  isEscalated: boolean,
): 'any' | 'own_limit' | null {
  const named = [...approve_above_limit, ...(isEscalated ? approvals.escalate_to : [])];
  if (email !== null && named.some((one) => one.toLowerCase() === email)) return 'any';
  return tiers.some((tier) => approvals.tiers.includes(tier)) ? 'own_limit' : null;
}
