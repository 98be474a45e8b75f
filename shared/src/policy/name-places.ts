// Finds where in the text a policy names what Zendesk has (groups, agents, views), and where its tests are.
import type { Document } from 'yaml';
import { type PolicyPath, pathText } from './finding.ts';
import { isBlock } from './is-block.ts';
import type { LinePosition } from './line-positions.ts';
import { locate } from './locate.ts';
import { valueAt } from './value-at.ts';

/** By place in the policy: `tiers[1].group`, `tests[3]`, `tests[3].expect.tier`. */
export type NamePlaces = Readonly<Record<string, LinePosition>>;

/** @param value the policy as plain data */
export function namePlaces(
  value: unknown,
  document: Document.Parsed,
  positionOf: (offset: number) => LinePosition,
): NamePlaces {
  const paths = namesIn(value, []);
  return Object.fromEntries(paths.map((path) => [pathText(path), positionOf(locate(document, path, 'value'))]));
}

const LISTS: ReadonlySet<string> = new Set(['agents', 'approve_above_limit']);

function namesIn(value: unknown, path: PolicyPath): PolicyPath[] {
  if (path[0] === 'tests' && path.length > 1) return placesOfTest(value, path);
  if (Array.isArray(value)) return value.flatMap((entry: unknown, index) => namesIn(entry, [...path, index]));
  if (!isBlock(value)) return LISTS.has(String(path.at(-2))) ? [path] : [];
  const asks = value['field'] === 'group' || value['field'] === 'assignee';
  return Object.entries(value).flatMap(([key, entry]) => {
    const here = [...path, key];
    const isName =
      key === 'group' || (key === 'value' && asks) || (path[0] === 'views' && (key === 'title' || key === 'id'));
    return isName && !isBlock(entry) && !Array.isArray(entry) ? [here] : namesIn(entry, here);
  });
}

/** The test itself and each key that it expects. */
function placesOfTest(test: unknown, path: PolicyPath): PolicyPath[] {
  const expected = valueAt(test, ['expect']);
  return [path, ...(isBlock(expected) ? Object.keys(expected) : []).map((key) => [...path, 'expect', key])];
}
