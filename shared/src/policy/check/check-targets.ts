// Checks that every target sets a time and can apply.
import { errorAt, type Finding, warningAt } from '../finding.ts';
import { type Block, entriesAt, isBlock } from '../value-at.ts';

/** A target without a time would only hide those below it. */
export function checkTarget(target: unknown): Finding[] {
  if (!isBlock(target) || target['first_reply'] !== undefined || target['next_reply'] !== undefined) return [];
  return [errorAt([], 'has neither first_reply nor next_reply; add at least one', { at: 'block' })];
}

/** Zendesk's channels are in lower case: `email`, `native_messaging`. */
export function checkChannel(channel: unknown): Finding[] {
  if (typeof channel !== 'string' || /^[a-z0-9_]+$/.test(channel)) return [];
  if (channel.trim() === '') return [errorAt([], 'is empty; name a channel or remove the key')];
  const didYouMean = channel
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
  const message = `"${channel}" is not a valid channel: Zendesk uses lowercase letters, digits and _`;
  return [errorAt([], message, /^[a-z0-9_]+$/.test(didYouMean) ? { didYouMean } : {})];
}

const NARROWS = ['tier', 'priority', 'channel'] as const;

/** Warnings about targets that never apply, because an earlier one covers all their tickets. */
export function checkTargets(policy: unknown): Finding[] {
  const targets = entriesAt(policy, ['targets']);
  return targets.flatMap(({ entry, path }, index) => {
    const winner = targets.slice(0, index).find(({ entry: above }) => covers(above, entry));
    if (!winner) return [];
    const number = Number(winner.path.at(-1)) + 1;
    return [
      warningAt(
        path,
        `entry ${number} of targets comes first and matches all these tickets, so this one never applies; move or remove it`,
        { other: winner.path },
      ),
    ];
  });
}

function covers(above: Block, below: Block): boolean {
  return NARROWS.every((key) => above[key] === undefined || above[key] === below[key]);
}
