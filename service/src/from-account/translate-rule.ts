// Translates the conditions of a whole rule.
import type { ConditionGroup, ConditionNode } from '@deskwright/shared';
import type { AccountRule, RawCondition } from './account-setup.ts';
import type { buildTranslator, Translated } from './translate-condition.ts';

export interface TranslatedRule {
  readonly rule: AccountRule;
  /** For the policy; null: some condition cannot be said. */
  readonly conditions: ConditionGroup | null;
  readonly proof: ConditionGroup;
  readonly isExact: boolean;
  /** Conditions that are not in the policy, as written, with the reason. */
  readonly notCarried: ReadonlyArray<{ readonly condition: string; readonly why: string }>;
  /** What it names that does not exist any more. */
  readonly gone: readonly string[];
}

export function translateRule(rule: AccountRule, translate: ReturnType<typeof buildTranslator>): TranslatedRule {
  const all = rule.all.map((raw) => ({ raw, translated: translate(raw) }));
  const any = rule.any.map((raw) => ({ raw, translated: translate(raw) }));
  const parts = [...all, ...any];
  // One of `any` that always holds when a ticket is new makes the others needless.
  const isAnyImplied = any.some(({ translated }) => translated.isImplied);
  const isExpressible = ({ translated }: { translated: Translated }): boolean =>
    translated.node !== null || translated.isImplied;
  const nodes = (list: typeof all): ConditionNode[] => list.flatMap(({ translated }) => translated.node ?? []);
  const canExpress = all.every(isExpressible) && (isAnyImplied || any.every(isExpressible));
  const group: ConditionGroup = {
    ...(nodes(all).length > 0 && { all: nodes(all) }),
    ...(!isAnyImplied && nodes(any).length > 0 && { any: nodes(any) }),
  };
  return {
    rule,
    conditions: canExpress ? group : null,
    proof: {
      ...(all.length > 0 && { all: all.map(({ translated }) => translated.proof) }),
      ...(any.length > 0 && { any: any.map(({ translated }) => translated.proof) }),
    },
    isExact: parts.every(({ translated }) => translated.isExact),
    notCarried: parts.flatMap(({ raw, translated }) =>
      translated.why === null ? [] : [{ condition: describeRaw(raw), why: translated.why }],
    ),
    gone: [...new Set(parts.flatMap(({ translated }) => translated.gone ?? []))],
  };
}

export const describeRaw = ({ field, operator, value }: RawCondition): string =>
  [field, operator, value ?? ''].join(' ').trim();
