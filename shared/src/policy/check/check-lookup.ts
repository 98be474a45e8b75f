// Checks that a lookup's pattern can be read and fits its own example, and that names are not used twice.
import { findLookups } from '../../words/find-lookups.ts';
import { errorAt, type Finding } from '../finding.ts';
import { entriesAt, isBlock } from '../value-at.ts';
import { checkPattern } from './check-pattern.ts';
import { shorten } from './check-spelling.ts';

export function checkLookup(lookup: unknown): Finding[] {
  if (!isBlock(lookup)) return [];
  const { pattern, example } = lookup;
  if (typeof pattern !== 'string') return [];
  const findings = checkPattern(pattern, ['pattern']);
  if (findings.length > 0 || typeof example !== 'string') return findings;
  return findLookups(pattern)(example)[0] === example.trim()
    ? []
    : [errorAt(['example'], `"${shorten(example)}" does not match the pattern; correct one of them`)];
}

export function checkLookups(policy: unknown): Finding[] {
  const seen = new Map<unknown, number>();
  return entriesAt(policy, ['lookups']).flatMap(({ entry: { name }, path }) => {
    const first = seen.get(name);
    if (typeof name !== 'string') return [];
    if (first !== undefined)
      return [
        errorAt([...path, 'name'], `"${shorten(name)}" is already used by entry ${first + 1} of lookups`, {
          other: ['lookups', first],
        }),
      ];
    seen.set(name, Number(path.at(-1)));
    return [];
  });
}
