// Reads values out of JSON by JSONPath (RFC 9535).
import { compile, JSONPathRecursionLimitError, type JSONValue } from 'json-p3';

/** Null: the path can be read. Otherwise why not, as the parser says it. */
export function whyNotJsonPath(path: string): string | null {
  try {
    compile(path);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * Everything that fits, in the order of the document; nothing if `..` meets what nests deeper than the library's 50 levels. Throws if the path cannot
 * be read (`whyNotJsonPath`).
 * @param exact the same document with other values in the same places, which are returned; the path's filters see those of `json`
 */
export function readJsonPath(path: string, json: unknown, exact = json): unknown[] {
  try {
    const nodes = [...compile(path).query(json as JSONValue)];
    return nodes.map(({ location }) => location.reduce<unknown>((inside, key) => (inside as Inside)[key], exact));
  } catch (error) {
    if (error instanceof JSONPathRecursionLimitError) return [];
    throw error;
  }
}

type Inside = Readonly<Record<string | number, unknown>>;
