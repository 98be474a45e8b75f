// Reads HTML entities (`&nbsp;`, `&#39;`, `&amp;`) and tags left in a text as what they stand for.
import { decode } from 'html-entities';

/** With a semicolon, or one of the old names (`&nbsp back`) that a browser reads without; `&copy=2` in a link stays as it is. */
const ENTITY = /&(?:#\d|#x[\da-f]|[a-z][a-z\d]{1,31})/i;
/** What a second encoding makes of an entity: `&amp;#39;`. */
const ENCODED_TWICE = /&amp;(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});/i;

/** Entities by name, decimal and hexadecimal number, also where the text was encoded twice. Unknown ones stay as they are written. */
export function decodeEntities(text: string): string {
  if (!text.includes('&') || !ENTITY.test(text)) return text;
  const once = decode(ENCODED_TWICE.test(text) ? text.replace(/&amp;/gi, '&') : text, { scope: 'attribute' });
  // PostgreSQL stores neither NUL nor half of a pair.
  return once.replaceAll('\u0000', '\ufffd').toWellFormed();
}

/** Tags that mail programs and forms write. Others (`<order number>`, `<3`) may be the customer's own signs. */
const BLOCK =
  /<\/?(?:address|article|blockquote|body|br|center|dd|div|dl|dt|h[1-6]|head|hr|html|li|ol|p|pre|section|table|tbody|td|tfoot|th|thead|tr|ul)(?:\s[^<>]*)?\/?>/gi;
const INLINE =
  /<\/?(?:a|abbr|b|big|cite|code|del|em|font|i|img|ins|label|mark|o:p|q|s|small|span|strike|strong|sub|sup|tt|u)(?:\s[^<>]*)?\/?>/gi;
/** Their contents are never shown. */
const HIDDEN = /<(style|script|title)(?:\s[^<>]*)?>[^<]*<\/\1\s*>/gi;

/** Takes HTML tags away: those that begin a line become a line break. A text without such tags stays as it is. */
export function dropTags(text: string): string {
  if (!text.includes('<') || !text.includes('>')) return text;
  return text.replace(HIDDEN, ' ').replace(BLOCK, '\n').replace(INLINE, '');
}
