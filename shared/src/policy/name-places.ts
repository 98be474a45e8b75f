// Finds where in the text a policy names what Zendesk has (groups, agents, brands, views), and where its tests are.
import { type PolicyPath, pathText } from './finding.ts';
import type { LinePosition } from './line-positions.ts';
import { isBlock, valueAt } from './value-at.ts';

/** By place in the policy: `tiers[1].group`, `tests[3]`, `tests[3].expect.tier`. */
export type NamePlaces = Readonly<Record<string, NamePlace>>;

export interface NamePlace extends LinePosition {
  /** As in problems: the policy's own file, or one that it includes. */
  readonly file: string;
}

/** @param value the policy as plain data */
export function namePlaces(value: unknown, placeOf: (path: PolicyPath) => NamePlace): NamePlaces {
  return Object.fromEntries(namesIn(value, []).map((path) => [pathText(path), placeOf(path)]));
}

const LISTS: ReadonlySet<string> = new Set(['agents', 'approve_above_limit', 'escalate_to']);

function namesIn(value: unknown, path: PolicyPath): PolicyPath[] {
  if (path[0] === 'tests' && path.length > 1) return placesOfTest(value, path);
  if (Array.isArray(value)) return value.flatMap((entry: unknown, index) => namesIn(entry, [...path, index]));
  if (!isBlock(value)) return LISTS.has(String(path.at(-2))) ? [path] : [];
  const asks = value['field'] === 'group' || value['field'] === 'assignee';
  return Object.entries(value).flatMap(([key, entry]) => {
    const here = [...path, key];
    const isName =
      key === 'group' ||
      key === 'brand' ||
      (key === 'value' && asks) ||
      (path[0] === 'views' && (key === 'title' || key === 'id'));
    return isName && !isBlock(entry) && !Array.isArray(entry) ? [here] : namesIn(entry, here);
  });
}

/** The test itself and each key that it expects. */
function placesOfTest(test: unknown, path: PolicyPath): PolicyPath[] {
  const expected = valueAt(test, ['expect']);
  return [path, ...(isBlock(expected) ? Object.keys(expected) : []).map((key) => [...path, 'expect', key])];
}
