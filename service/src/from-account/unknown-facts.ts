// Represents facts that only Zendesk can evaluate, for use in proofs.
import type { AccountRule } from './account-setup.ts';

/** Fields of facts that only Zendesk knows: no account has ids like these. */
const FIRST_UNKNOWN = 9_000_000_000_000_000_000n;

/** Gives each unknown fact a custom field of its own, the same for the same fact. */
export function unknownFacts(): (key: string) => string {
  const numbers = new Map<string, string>();
  return (key) => {
    const field = numbers.get(key) ?? `custom_field:${FIRST_UNKNOWN + BigInt(numbers.size)}`;
    numbers.set(key, field);
    return field;
  };
}

/** The values with which the rules compare each field. */
export function valuesByField(rules: readonly AccountRule[]): ReadonlyMap<string, ReadonlySet<string>> {
  const values = new Map<string, Set<string>>();
  for (const { field, value } of rules.flatMap(({ all, any }) => [...all, ...any])) {
    if (value === null || value === '') continue;
    values.set(field, (values.get(field) ?? new Set<string>()).add(value));
  }
  return values;
}
