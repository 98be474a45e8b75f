// Decides which tickets a managed view shows that Zendesk does not have yet. Pure.
import type { Policy } from '@deskwright/shared';
import type { ManagedView } from './view-order.ts';

export type Shows = 'unsolved' | 'unassigned' | 'pending';

export type WhatViewShows =
  /** `group`: only the tickets of this group. */
  | { ok: true; shows: Shows; group: string | null }
  /** What to add to the policy. */
  | { ok: false; advice: string };

/** Words of a title that say which tickets are shown; no word: all unsolved ones. */
const STATES: readonly (readonly [RegExp, Shows])[] = [
  [/\bunassigned\b/gi, 'unassigned'],
  [/\bpending\b/gi, 'pending'],
  [/\b(?:unsolved|open)\b/gi, 'unsolved'],
];
/** Words of a title that say nothing about which tickets are shown. */
const FILLERS = /\b(?:all|queue|tickets?|view|the|of|for|in|our|and)\b|[^\p{L}\p{N}]+/giu;

/**
 * From `tier`, `group` and `shows`, or else from the title, if nothing in it is left to guess: "Unassigned", "All open", "Tier 1 queue", where
 * `Tier 1` is a tier's name or group.
 */
export function whatViewShows(view: ManagedView, { tiers }: Policy): WhatViewShows {
  const { title, tier: id, group, shows } = view;
  if (title === undefined)
    return { ok: false, advice: 'Name it by `title` in the policy, so that `deskwright apply` can make it.' };
  const tier = tiers.find((each) => each.id === id);
  if (tier || group !== undefined || shows !== undefined)
    return { ok: true, shows: shows ?? 'unsolved', group: group ?? tier?.group ?? null };
  return fromTitle(title, tiers) ?? { ok: false, advice: ADVICE };
}

const ADVICE =
  'Its title does not say which tickets it shows: add `tier`, `group` or `shows` to it in the policy, and `deskwright apply` makes it.';

function fromTitle(title: string, tiers: Policy['tiers']): WhatViewShows | null {
  const names = tiers.flatMap((tier) => [tier.group, tier.name].map((name) => ({ name, group: tier.group })));
  // "Support Tier 1" before "Tier 1".
  const named = names.toSorted((a, b) => b.name.length - a.name.length).find(({ name }) => holds(title, name));
  let rest = named ? title.replace(wholeWords(named.name), ' ') : title;
  const said = STATES.filter(([words]) => rest.search(words) >= 0);
  for (const [words] of STATES) rest = rest.replace(words, ' ');
  const isClear = rest.replace(FILLERS, '') === '' && said.length <= 1 && (named !== undefined || said.length === 1);
  return isClear ? { ok: true, shows: said[0]?.[1] ?? 'unsolved', group: named?.group ?? null } : null;
}

const holds = (title: string, name: string): boolean => title.search(wholeWords(name)) >= 0;

const wholeWords = (name: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}])`, 'iu');
