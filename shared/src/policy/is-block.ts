// Checks whether a value is a block of keys.

export type Block = Readonly<Record<string, unknown>>;

/** What YAML calls a mapping. */
export function isBlock(value: unknown): value is Block {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
