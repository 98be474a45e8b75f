// May these words of a stranger stand in our mail?

/**
 * One line, cut to `max` characters. Empty when it holds a link or an address: anybody can open a ticket in another's name,
 * and our mail must not carry their advertisement.
 */
export function quotable(text: string, max: number): string {
  const line = text.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim();
  if (/:\/\/|www\.|@|\.(com|net|org|io|ru|cn|info|biz)\b/i.test(line)) return '';
  const characters = Array.from(new Intl.Segmenter().segment(line), ({ segment }) => segment);
  return characters.length <= max
    ? line
    : `${characters
        .slice(0, max - 1)
        .join('')
        .trimEnd()}…`;
}
