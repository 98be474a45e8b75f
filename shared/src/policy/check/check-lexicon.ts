// Checks that the lexicon can find what tests expect of it.
import { errorAt, type Finding, type PolicyPath } from '../finding.ts';
import type { Block } from '../is-block.ts';
import { textsAt } from '../value-at.ts';
import { unknownWord } from './check-spelling.ts';

/** Of one test: drivers that the lexicon does not have, and none of whose words could be read. */
export function checkExpectedDrivers(policy: unknown, given: Block, expected: Block, path: PolicyPath): Finding[] {
  const { drivers } = expected;
  if (!Array.isArray(drivers)) return [];
  const known = textsAt(policy, ['surveys', 'lexicon'], 'driver');
  const own = [...path, 'expect', 'drivers'];
  if (known.length === 0)
    return [errorAt(own, 'drivers needs surveys.lexicon, which the policy does not define', { at: 'key' })];
  if (given['comment'] === undefined && given['description'] === undefined)
    return [errorAt(own, 'given has no comment to read; add what the customer wrote as comment', { at: 'key' })];
  return drivers.flatMap((driver: unknown, at) =>
    typeof driver === 'string' && !known.includes(driver) ? [unknownWord('driver', driver, known, [...own, at])] : [],
  );
}
