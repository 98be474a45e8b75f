// Finds duplicate keys in JSON, which `JSON.parse` accepts.
import { isPair, isScalar, parseDocument, visit } from 'yaml';

export interface DuplicateKey {
  key: string;
  original: string;
  attempted: string;
}

/** The first duplicate in the text. JSON is YAML, and the YAML parser keeps positions. */
export function findDuplicateKey(json: string): DuplicateKey | null {
  let found: DuplicateKey | null = null;
  visit(parseDocument(json, { uniqueKeys: false }), {
    Map: (_key, map) => {
      const seen = new Map<string, unknown>();
      for (const pair of map.items) {
        if (!isPair(pair) || !isScalar(pair.key)) continue;
        const key = String(pair.key.value);
        if (seen.has(key)) {
          found = { key, original: shown(seen.get(key)), attempted: shown(pair.value) };
          return visit.BREAK;
        }
        seen.set(key, pair.value);
      }
      return undefined;
    },
  });
  return found;
}

const shown = (node: unknown): string =>
  isScalar(node) && typeof node.value === 'string' ? node.value : JSON.stringify(node);
