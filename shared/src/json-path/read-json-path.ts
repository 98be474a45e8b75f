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
 */
export function readJsonPath(path: string, json: unknown): unknown[] {
  try {
    return compile(path)
      .query(json as JSONValue)
      .values();
  } catch (error) {
    if (error instanceof JSONPathRecursionLimitError) return [];
    throw error;
  }
}
