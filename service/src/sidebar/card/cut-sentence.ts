// Shortens a sentence for the card.

const LONGEST = 240;

/** The sentence with single spaces, cut with an ellipsis, never within a character. */
export function cutSentence(sentence: string): string {
  const text = sentence.replace(/\s+/gu, ' ');
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1).replace(/[\uD800-\uDBFF]$/u, '')}…`;
}
