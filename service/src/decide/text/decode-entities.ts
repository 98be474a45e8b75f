// Decodes HTML entities (`&nbsp;`, `&#39;`, `&amp;`) and removes tags left in a text.
import { decode } from 'html-entities';

/** With a semicolon, or one of the old names that browsers accept without (`&nbsp back`); `&copy=2` in a link is left unchanged. */
const ENTITY = /&(?:#\d|#x[\da-f]|[a-z][a-z\d]{1,31})/i;
/** An entity that was encoded twice: `&amp;#39;`. */
const ENCODED_TWICE = /&amp;(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});/i;

/** Decodes entities by name, decimal and hexadecimal number, also those encoded twice. Unknown ones are left unchanged. */
export function decodeEntities(text: string): string {
  if (!text.includes('&') || !ENTITY.test(text)) return text;
  const once = decode(ENCODED_TWICE.test(text) ? text.replace(/&amp;/gi, '&') : text, { scope: 'attribute' });
  // PostgreSQL stores neither NUL nor unpaired surrogates.
  return once.replaceAll('\u0000', '\ufffd').toWellFormed();
}

/** Tags that mail programs and forms write. Others (`<order number>`, `<3`) may be the customer's own text. */
const BLOCK =
  /<\/?(?:address|article|blockquote|body|br|center|dd|div|dl|dt|h[1-6]|head|hr|html|li|ol|p|pre|section|table|tbody|td|tfoot|th|thead|tr|ul)(?:\s[^<>]*)?\/?>/gi;
const INLINE =
  /<\/?(?:a|abbr|b|big|cite|code|del|em|font|i|img|ins|label|mark|o:p|q|s|small|span|strike|strong|sub|sup|tt|u)(?:\s[^<>]*)?\/?>/gi;
/** Their contents are never shown. */
const HIDDEN = /<(style|script|title)(?:\s[^<>]*)?>[^<]*<\/\1\s*>/gi;

/** Removes HTML tags: those that start a line become a line break. A text without such tags is unchanged. */
export function dropTags(text: string): string {
  if (!text.includes('<') || !text.includes('>')) return text;
  return text.replace(HIDDEN, ' ').replace(BLOCK, '\n').replace(INLINE, '');
}
