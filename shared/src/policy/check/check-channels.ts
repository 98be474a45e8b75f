// Warns of conditions and targets for channels that no ticket has.
import { CHANNELS, readChannel } from '../../words/ticket-words.ts';
import { type Condition, type ConditionNode, GROUP_KEYS, isCondition } from '../condition.ts';
import { type Finding, type PolicyPath, warningAt } from '../finding.ts';
import { nearestSpelling } from '../nearest-spelling.ts';
import { entriesAt } from '../value-at.ts';
import { shorten } from './check-spelling.ts';
import { checkChannel } from './check-targets.ts';
import { isWellFormed } from './find-impossible.ts';

/**
 * Warnings about channels that Zendesk does not document, or writes in another word. No errors: Zendesk adds channels, and a word that
 * is not known here is kept as it came.
 */
export function checkChannels(policy: unknown): Finding[] {
  const targets = entriesAt(policy, ['targets']).flatMap(({ entry, path }) =>
    typeof entry['channel'] === 'string' && checkChannel(entry['channel']).length === 0
      ? checkExact(entry['channel'], [...path, 'channel'])
      : [],
  );
  const criteria = entriesAt(policy, ['escalation', 'criteria']).flatMap(({ path }) =>
    entriesAt(policy, [...path, 'when']),
  );
  const askers = [...entriesAt(policy, ['triggers']), ...criteria];
  const conditions = askers.flatMap(({ entry, path }) =>
    isWellFormed(entry['conditions']) ? checkNode(entry['conditions'], [...path, 'conditions']) : [],
  );
  return [...targets, ...conditions];
}

function checkNode(node: ConditionNode, path: PolicyPath): Finding[] {
  if (isCondition(node)) return checkCondition(node, path);
  return GROUP_KEYS.flatMap((key) =>
    (node[key] ?? []).flatMap((inner, index) => checkNode(inner, [...path, key, index])),
  );
}

function checkCondition({ field, operator, value }: Condition, path: PolicyPath): Finding[] {
  if (field !== 'via' && field !== 'channel') return [];
  const at = [...path, 'value'];
  if (operator === 'is' || operator === 'is_not') return checkExact(String(value), at);
  if (!Array.isArray(value)) return [];
  return value.flatMap((phrase, index) => (isInSome(String(phrase)) ? [] : checkExact(String(phrase), [...at, index])));
}

/** Word operators see the words of a channel: `messaging` is in `native_messaging`. Phrases with marks are left to them. */
function isInSome(phrase: string): boolean {
  if (/[*~"]/.test(phrase) || phrase.startsWith('exact:')) return true;
  const words = ` ${wordsOf(phrase)} `;
  return CHANNELS.some((channel) => ` ${wordsOf(channel)} `.includes(words));
}

const wordsOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

function checkExact(written: string, at: PolicyPath): Finding[] {
  const word = written.trim().toLowerCase();
  if (CHANNELS.includes(word)) return [];
  const channel = readChannel(word);
  if (channel !== null && channel !== word) {
    const message = `no ticket has the channel "${shorten(written)}": Zendesk's "${shorten(written)}" is read as "${channel}"`;
    return [warningAt(at, message, { didYouMean: channel })];
  }
  const didYouMean = nearestSpelling(word, CHANNELS);
  const usual = CHANNELS.slice(0, USUAL).join(', ');
  const message = `Zendesk documents no channel "${shorten(written)}", so it may match no ticket; common channels are ${usual}`;
  return [warningAt(at, message, didYouMean === undefined ? {} : { didYouMean })];
}

/** As many are named as help on a screen. */
const USUAL = 8;
