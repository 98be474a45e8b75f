// Finds the policy's words inside a longer word.

interface Node {
  readonly next: Map<number, Node>;
  readonly ids: number[];
}

const newNode = (): Node => ({ next: new Map(), ids: [] });

/**
 * Builds the look-up for `*rechnung*`: a trie of the policy's words, searched from each letter of a word.
 * @returns a function that adds the ids of those within a word.
 */
export function buildInnerWords(
  words: ReadonlyArray<{ readonly id: number; readonly word: string }>,
): (word: string, found: Set<number>) => void {
  const root = newNode();
  for (const { id, word } of words) {
    let at = root;
    for (let i = 0; i < word.length; i++) {
      const letter = word.charCodeAt(i);
      const next = at.next.get(letter) ?? newNode();
      at.next.set(letter, next);
      at = next;
    }
    at.ids.push(id);
  }
  return (word, found) => {
    if (root.next.size === 0) return;
    for (let start = 0; start < word.length; start++) {
      let at = root.next.get(word.charCodeAt(start));
      for (let i = start + 1; at !== undefined; i++) {
        for (const id of at.ids) found.add(id);
        at = at.next.get(word.charCodeAt(i));
      }
    }
  };
}
