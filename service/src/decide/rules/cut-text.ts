// Shortens a long text for a trace.

/** Characters of a value that a trace keeps: enough to recognise it, too few to be a second copy of the mail. */
const MAX_SHOWN = 120;

/** The text, cut with an ellipsis after `MAX_SHOWN` characters; never within a character. */
export function cutText(text: string): string {
  if (text.length <= MAX_SHOWN) return text;
  const end = /[\uD800-\uDBFF]$/.test(text.slice(0, MAX_SHOWN)) ? MAX_SHOWN - 1 : MAX_SHOWN;
  return `${text.slice(0, end)}…`;
}
