// Writes values as Zendesk does: times, tags, and objects without what is undefined.

/** Epoch milliseconds as ISO 8601 UTC with whole seconds. */
export const isoSeconds = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** Lower case, no blanks or commas inside (they separate), no doubles, sorted. */
export const normaliseTags = (tags: readonly string[]): readonly string[] =>
  [...new Set(tags.flatMap((tag) => tag.toLowerCase().split(/[\s,]+/)))].filter((tag) => tag !== '').toSorted();

/** A copy without the keys whose value is undefined, so that spreading it does not erase what was there. */
export function defined<T extends object>(input: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const kept: { [K in keyof T]?: Exclude<T[K], undefined> } = {};
  for (const key of Object.keys(input) as (keyof T)[]) {
    const value = input[key];
    if (value !== undefined) kept[key] = value as Exclude<T[typeof key], undefined>;
  }
  return kept;
}
