// Removes entries from the lists of a policy file, and leaves every other character as it is.
import { isMap, isNode, isSeq, parse, parseDocument, type YAMLSeq } from 'yaml';

type Path = ReadonlyArray<string | number>;

interface Cut {
  readonly from: number;
  readonly to: number;
}

/**
 * The text without the entries; null when it could not be written so that it says exactly that, in which case nothing should be changed.
 * A list from which every entry would go is left as it is.
 */
export function removeEntries(text: string, paths: readonly Path[]): string | null {
  const document = parseDocument(text);
  const removed = new Set(paths.map(keyOf));
  const cuts = paths.flatMap((path): Cut[] => {
    const list = document.getIn(path.slice(0, -1), true);
    const at = Number(path.at(-1));
    const isLast =
      isSeq(list) &&
      list.items.slice(at + 1).every((_, after) => removed.has(keyOf([...path.slice(0, -1), at + 1 + after])));
    const cut = isSeq(list) ? cutOf(text, list, at, isLast) : null;
    return cut === null ? [] : [cut];
  });
  if (cuts.length !== paths.length) return null;
  let edited = text;
  for (const { from, to } of cuts.toSorted((a, b) => b.from - a.from))
    edited = edited.slice(0, from) + edited.slice(to);
  for (const path of paths.toSorted(byPlace)) document.deleteIn(path);
  return isSame(edited, document.toJS()) ? edited : null;
}

/** Later entries first, so that places stay right. */
function byPlace(a: Path, b: Path): number {
  for (const [depth, step] of a.entries()) {
    const other = b[depth];
    if (step !== other) return typeof step === 'number' && typeof other === 'number' ? other - step : 0;
  }
  return b.length - a.length;
}

const keyOf = (path: Path): string => JSON.stringify(path);

/** @param isLast whether every entry behind it goes as well */
function cutOf(text: string, list: YAMLSeq, at: number, isLast: boolean): Cut | null {
  const range = rangeOf(list.items[at]);
  if (range === null || list.items.length < 2) return null;
  const [start, end] = range;
  if (list.flow === true) {
    const next = rangeOf(list.items[at + 1]);
    if (next !== null && !isLast) return { from: start, to: next[0] };
    const before = rangeOf(list.items[at - 1]);
    return before === null ? null : { from: before[1], to: end };
  }
  // From the beginning of its line, with the dash, to the beginning of the line after it.
  const from = text.lastIndexOf('\n', start - 1) + 1;
  if (!/^\s*-\s+$/.test(text.slice(from, start))) return null;
  const isAtLineStart = text.charAt(end - 1) === '\n';
  const lineEnd = text.indexOf('\n', end);
  return { from, to: isAtLineStart ? end : lineEnd < 0 ? text.length : lineEnd + 1 };
}

/** Where a node begins and ends, without what follows it. */
function rangeOf(node: unknown): readonly [number, number] | null {
  if (!isNode(node) || node.range == null) return null;
  const [start, valueEnd] = node.range;
  return [start, isMap(node) && node.flow !== true ? valueEnd : valueEnd];
}

function isSame(text: string, meant: unknown): boolean {
  try {
    return JSON.stringify(parse(text)) === JSON.stringify(meant);
  } catch {
    return false;
  }
}
