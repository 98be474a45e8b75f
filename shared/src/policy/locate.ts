// Finds the position of a key or value in the policy's text.
import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type Pair } from 'yaml';
import type { Finding, PolicyPath } from './finding.ts';

/**
 * The offset in the text to point at. For something missing (a key) it is where the
 * enclosing block begins; for an empty value, where its key is.
 */
export function locate(document: Document.Parsed, path: PolicyPath, at: Finding['at']): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const [index, step] of path.entries()) {
    const block = isAlias(node) ? node.resolve(document) : node;
    // The last one counts if a key is written twice.
    const pair = isMap(block) ? block.items.findLast((item) => keyOf(item) === String(step)) : undefined;
    const next: unknown = pair ? pair.value : isSeq(block) ? block.items[Number(step)] : undefined;
    const ofKey = pair && startOf(pair.key);
    if (next === undefined && ofKey === undefined) return offset;
    const isLast = index === path.length - 1;
    const wantsKey = (isLast && at === 'key') || isEmpty(next);
    offset = (wantsKey ? ofKey : undefined) ?? startOf(next) ?? ofKey ?? offset;
    node = next;
  }
  return offset;
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
}

function isEmpty(node: unknown): boolean {
  return node === null || (isScalar(node) && node.value === null && node.source === '');
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? (node.range?.[0] ?? undefined) : undefined;
}
