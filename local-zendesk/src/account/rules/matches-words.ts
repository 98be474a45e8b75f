// Checks whether a text or a list of tags contains words.

const fold = (text: string): string =>
  ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_'-]+/gu, ' ')
    .trim()} `;

/** `includes`/`not_includes` take any word of the list; `is`/`is_not` the whole phrase. Whole words only. */
export function matchesWords(operator: string, text: string, expected: string): boolean {
  const haystack = fold(text);
  const holdsAny = (): boolean => expected.split(/\s+/).some((word) => word !== '' && haystack.includes(fold(word)));
  switch (operator) {
    case 'includes':
      return holdsAny();
    case 'not_includes':
      return !holdsAny();
    case 'is':
      return haystack.includes(fold(expected));
    case 'is_not':
      return !haystack.includes(fold(expected));
    default:
      return false;
  }
}

export function matchesTags(operator: string, tags: readonly string[], expected: string): boolean {
  const asked = expected.toLowerCase().split(/[\s,]+/);
  const holdsAny = asked.some((tag) => tags.includes(tag));
  switch (operator) {
    case 'includes':
      return holdsAny;
    case 'not_includes':
      return !holdsAny;
    case 'is':
      return asked.every((tag) => tags.includes(tag));
    default:
      return false;
  }
}
