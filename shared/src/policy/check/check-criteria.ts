// Checks that escalation criteria can be met and have a tier to escalate to.
import { type Finding, warningAt } from '../finding.ts';
import { isBlock } from '../is-block.ts';
import { entriesAt } from '../value-at.ts';
import { findImpossible } from './find-impossible.ts';

/** Warnings about valid criteria that are never shown or never hold. */
export function checkCriteria(policy: unknown): Finding[] {
  const last = new Set(
    entriesAt(policy, ['tiers']).flatMap(({ entry }) => (entry['escalates_to'] === undefined ? [entry['id']] : [])),
  );
  return entriesAt(policy, ['escalation', 'criteria']).flatMap(({ entry: { tier }, path }) => [
    ...(typeof tier === 'string' && last.has(tier)
      ? [
          warningAt(
            [...path, 'tier'],
            `tier "${tier}" has no escalates_to, so these criteria have no effect; add escalates_to or remove them`,
          ),
        ]
      : []),
    ...checkWhen(policy, [...path, 'when']),
  ]);
}

function checkWhen(policy: unknown, list: readonly (string | number)[]): Finding[] {
  const seen = new Set<string>();
  return entriesAt(policy, list).flatMap(({ entry: { text, conditions }, path }) => {
    const twice = typeof text === 'string' && seen.has(text);
    if (typeof text === 'string') seen.add(text);
    return [
      ...(twice ? [warningAt([...path, 'text'], 'this criterion is a duplicate; remove one')] : []),
      ...(isBlock(conditions) ? findImpossible(conditions, [...path, 'conditions'], 'the criterion never holds') : []),
    ];
  });
}
