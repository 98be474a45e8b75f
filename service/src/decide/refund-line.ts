// Finds the policy's limits for the agent who refunds, and converts one of them to money.
import { type Policy, toMinorUnits } from '@deskwright/shared';

export type Refunds = NonNullable<Policy['refunds']>;
export type RefundLine = Refunds['limits'][number];

export interface RefundingAgent {
  readonly email: string | null;
  /** Tiers whose group the agent belongs to. */
  readonly tiers: readonly string[];
  /** In Zendesk. */
  readonly role?: 'agent' | 'admin';
}

/** Which part of the policy decides. */
export type RefundBecause =
  | { readonly by: 'agent'; readonly name?: string }
  | { readonly by: 'role'; readonly role: 'agent' | 'admin' }
  | { readonly by: 'tier'; readonly tier: string }
  | { readonly by: 'default' };

/**
 * The lines of which the best one counts. Lines that name the agent override those of the role, and these those of tiers; for a category, the
 * line that names it overrides the one of the same people that names none.
 */
export function linesFor(
  { limits }: Pick<Refunds, 'limits'>,
  { email, tiers, role }: RefundingAgent,
  category: string | null,
): readonly RefundLine[] {
  const address = email?.toLowerCase();
  const isOwn = ({ agents }: RefundLine) => agents?.some((one) => one.toLowerCase() === address) ?? false;
  const ofCategory = (lines: readonly RefundLine[]): readonly RefundLine[] => {
    const named = lines.filter(({ categories }) => category !== null && categories?.includes(category));
    return named.length > 0 ? named : lines.filter(({ categories }) => categories === undefined);
  };
  const own = ofCategory(limits.filter(isOwn));
  if (own.length > 0) return own;
  const ofRole = ofCategory(limits.filter((line) => line.role !== undefined && line.role === role));
  if (ofRole.length > 0) return ofRole;
  return tiers.flatMap((tier) => ofCategory(limits.filter((line) => line.tier === tier)));
}

export function becauseOf(line: RefundLine | null): RefundBecause {
  if (line?.agents !== undefined) return { by: 'agent', ...(line.name === undefined ? {} : { name: line.name }) };
  if (line?.role !== undefined) return { by: 'role', role: line.role };
  return line?.tier === undefined ? { by: 'default' } : { by: 'tier', tier: line.tier };
}

/** For the books: `refunds.limits of tier t1`. It names no person. */
export function describeLine(line: RefundLine | null): string {
  const because = becauseOf(line);
  const whose = {
    agent: ' of named agents',
    role: ` of role ${line?.role ?? ''}`,
    tier: ` of tier ${line?.tier ?? ''}`,
    default: '',
  }[because.by];
  const where = line?.categories === undefined ? '' : ` for ${line.categories.join(', ')}`;
  return `refunds.limits${whose}${where}`;
}

/** Whether the policy gives this person no refund at all. */
export const allowsNone = (line: RefundLine | null): boolean =>
  line === null || [line.per_refund, line.per_agent_per_day].some((limit) => Number.parseFloat(String(limit)) === 0);

export const isShare = (limit: string | number): limit is string => typeof limit === 'string' && limit.endsWith('%');

/**
 * Minor units of the currency; a share of the payment is rounded down. Null: it is a share, and what was paid is not known.
 * @param paid minor units
 */
export function inMinorUnits(limit: string | number, currency: string, paid: number | null): number | null {
  if (!isShare(limit)) return toMinorUnits(limit, currency);
  if (paid === null) return null;
  const [whole = '0', decimals = ''] = limit.slice(0, -1).split('.');
  return Number((BigInt(whole + decimals) * BigInt(paid)) / (100n * 10n ** BigInt(decimals.length)));
}
