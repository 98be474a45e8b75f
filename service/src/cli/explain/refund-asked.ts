// Reads the options of `explain --refund`, and finds the agent who would make the refund.
import { type Policy, toMinorUnits } from '@deskwright/shared';
import type { Money } from '@deskwright/shared/contract';
import type { ListedAgent } from '../../sidebar/index.ts';

/** As written after `--refund`, `--currency`, `--agent`, `--tier`, `--role` and `--payment`. */
export interface RefundAsked {
  readonly amount: string;
  /** ISO 4217; undefined: the policy's. */
  readonly currency?: string | undefined;
  /** Name, e-mail address or id. */
  readonly agent: string;
  /** In place of the tiers whose groups the agent is in. */
  readonly tiers?: readonly string[] | undefined;
  readonly role?: 'agent' | 'admin' | undefined;
  readonly payment?: string | undefined;
}

interface Options extends Omit<RefundAsked, 'amount' | 'agent' | 'tiers'> {
  readonly refund?: string;
  readonly agent?: string;
  readonly tier?: readonly string[];
}

/** Null: nothing is asked about refunds. @throws Error when only a part of the question is given */
export function refundAsked({ refund, agent, tier, currency, role, payment }: Options): RefundAsked | null {
  if (refund !== undefined && agent !== undefined)
    return { amount: refund, agent, tiers: tier, currency, role, payment };
  if ([refund, agent, tier, currency, role, payment].every((one) => one === undefined)) return null;
  throw new Error('Give both --refund AMOUNT and --agent WHO.');
}

/** @throws Error with what is wrong with the amount */
export function readAmount({ amount, currency }: RefundAsked, refunds: NonNullable<Policy['refunds']>): Money {
  const code = (currency ?? refunds.currency).toUpperCase();
  if (!/^[A-Z]{3}$/.test(code)) throw new Error(`--currency "${currency}" is not a currency; write USD, EUR ...`);
  try {
    const minor = toMinorUnits(amount, code);
    if (minor > 0) return { minor, currency: code };
  } catch {
    // Told below.
  }
  throw new Error(`--refund "${amount}" is not an amount of ${code}; write 80 or 79.50.`);
}

/** @throws Error when the policy has no such tier */
export function checkTiers({ tiers }: Policy, asked: readonly string[] | undefined): void {
  const unknown = asked?.find((one) => !tiers.some(({ id }) => id === one));
  if (unknown !== undefined)
    throw new Error(`The policy has no tier "${unknown}". It has ${tiers.map(({ id }) => id).join(', ')}.`);
}

/**
 * By id, e-mail address or name. An address that nobody has can be asked about too, with its tiers.
 * @throws Error when there is none or several
 */
export function findAgent(agents: readonly ListedAgent[], { agent: asked, tiers, role }: RefundAsked): ListedAgent {
  const text = asked.trim().toLowerCase();
  const found = agents.filter(({ id, email, name }) =>
    text.includes('@')
      ? email === text
      : /^#?\d+$/.test(text)
        ? String(id) === text.replace('#', '')
        : name.toLowerCase() === text,
  );
  const [one] = found;
  if (one !== undefined && found.length === 1) return { ...one, role: role ?? one.role };
  if (one !== undefined)
    throw new Error(
      `${found.length} agents are called "${asked}"; name one by id: ${found.map(({ id, email }) => `${id} (${email ?? 'no address'})`).join(', ')}.`,
    );
  if (text.includes('@') && tiers !== undefined)
    return { id: 0, name: asked, email: text, role: role ?? 'agent', groupIds: [] };
  throw new Error(
    `There is no agent "${asked}". Give a name, an address or an id in Zendesk; for a new agent, an address with --tier.`,
  );
}
