// Formats a name that the account does not have as a message for the operator.
import type { UnknownName } from './find-unknown-names.ts';

/** `tiers[0].group: Zendesk has no group "Suport". Did you mean "Support"? Until then its tickets are tagged but not moved`. */
export function formatUnknownName({ key, kind, name, didYouMean, effect }: UnknownName): string {
  const what = kind === 'group' ? `Zendesk has no group "${name}"` : `no agent in Zendesk has the address "${name}"`;
  const hint = didYouMean === null ? '' : ` Did you mean "${didYouMean}"?`;
  return `${key}: ${what}.${hint} Until then ${effect}`;
}
