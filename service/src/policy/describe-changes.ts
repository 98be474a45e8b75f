// Describes what a draft changes in a policy, one line a change.
import { isDeepStrictEqual } from 'node:util';
import type { Policy } from '@deskwright/shared';

type Entry = Readonly<Record<string, unknown>>;

/**
 * `triggers: adds "bikes"`, `tiers "t1": changes group`, `targets: changes`. Empty: both say the same; comments, layout and the defaults
 * written out do not count.
 */
export function describeChanges(before: Policy, after: Policy): string[] {
  return changesIn(before, after);
}

function changesIn(before: Entry, after: Entry): string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => {
    const [was, is] = [before[key], after[key]];
    if (isDeepStrictEqual(was, is)) return [];
    const [listWas, listIs] = [byName(was), byName(is)];
    if (listWas && listIs) return changesOfList(key, listWas, listIs);
    if (isEntry(was) && isEntry(is)) return [`${key}: changes ${changedKeys(was, is).join(', ')}`];
    if (isPlain(was) && isPlain(is)) return [`${key}: ${show(was)} becomes ${show(is)}`];
    return [`${key}: changes`];
  });
}

function changesOfList(key: string, was: Map<string, Entry>, is: Map<string, Entry>): string[] {
  const added = [...is.keys()].filter((name) => !was.has(name));
  const removed = [...was.keys()].filter((name) => !is.has(name));
  const stayed = [...is].flatMap(([name, entry]): string[] => {
    const changed = changedKeys(was.get(name) ?? entry, entry);
    return changed.length === 0 ? [] : [`${key} "${name}": changes ${changed.join(', ')}`];
  });
  const inBoth = (names: Map<string, Entry>, others: Map<string, Entry>) =>
    [...names.keys()].filter((name) => others.has(name));
  return [
    ...(added.length > 0 ? [`${key}: adds ${added.map(show).join(', ')}`] : []),
    ...(removed.length > 0 ? [`${key}: removes ${removed.map(show).join(', ')}`] : []),
    ...stayed,
    ...(isDeepStrictEqual(inBoth(was, is), inBoth(is, was)) ? [] : [`${key}: changes the order`]),
  ];
}

const changedKeys = (was: Entry, is: Entry): string[] =>
  [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((key) => !isDeepStrictEqual(was[key], is[key]));

/** By the key that tells entries apart; null when it is not such a list, or a name occurs twice. */
function byName(value: unknown): Map<string, Entry> | null {
  if (!Array.isArray(value)) return null;
  const named = value.map((entry: unknown) => [isEntry(entry) ? nameOf(entry) : null, entry] as const);
  const entries = new Map(named.flatMap(([name, entry]) => (name === null ? [] : [[name, entry as Entry]])));
  return entries.size === value.length ? entries : null;
}

function nameOf(entry: Entry): string | null {
  const name = entry['id'] ?? entry['title'] ?? entry['name'];
  return typeof name === 'string' || typeof name === 'number' ? String(name) : null;
}

const isEntry = (value: unknown): value is Entry =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isPlain = (value: unknown): boolean => value === undefined || typeof value !== 'object';
const show = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));
