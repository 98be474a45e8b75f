// Normalises tags as Zendesk does.

/** Lower case, no blanks or commas inside (they separate), no doubles, sorted. */
export const normaliseTags = (tags: readonly string[]): readonly string[] =>
  [...new Set(tags.flatMap((tag) => tag.toLowerCase().split(/[\s,]+/)))].filter((tag) => tag !== '').toSorted();
