// Types of faults in an account's rules, and the facts about a checked rule.
import type { AccountRule } from './account-setup.ts';
import type { RuleActions } from './rule-actions.ts';
import type { TranslatedRule } from './translate-rule.ts';

type FaultCode =
  | 'never_fires'
  | 'gone'
  | 'says_the_same'
  | 'always_overwritten'
  | 'overlaps'
  | 'newest_first'
  | 'no_owner'
  | 'category_only_in_tags';

export interface Fault {
  readonly code: FaultCode;
  /** The rule it is about; null: the account. */
  readonly rule: Pick<AccountRule, 'kind' | 'id' | 'title'> | null;
  readonly sentence: string;
  /** What proves it: conditions that exclude one another, or an example. */
  readonly proof: readonly string[];
}

export interface Judged {
  readonly translated: TranslatedRule;
  readonly actions: RuleActions;
}

export const nameOf = ({ kind, title }: Pick<AccountRule, 'kind' | 'title'>): string => `${kind} "${title}"`;
