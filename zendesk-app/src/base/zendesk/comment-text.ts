// Reads the comment that the agent is writing, keeps the line breaks between it and text inserted below, and finds the blanks of a canned reply.

const BLOCKS = 'p, div, li, h1, h2, h3, h4, h5, h6, blockquote, pre, tr';

/**
 * @param written `ticket.comment.text` from Zendesk: plain text or HTML, depending on the editor; anything else counts as empty. Nothing of
 * the HTML is run or fetched: the parser's document is inert.
 */
export function plainText(written: unknown): string {
  if (typeof written !== 'string') return '';
  if (!/<[a-z!/]|&[a-z#]/i.test(written)) return written;
  const { body } = new DOMParser().parseFromString(written, 'text/html');
  for (const br of body.querySelectorAll('br')) br.replaceWith('\n');
  for (const block of body.querySelectorAll(BLOCKS)) block.append('\n');
  return (body.textContent ?? '').trim();
}

/** Invisible characters that an editor leaves in an empty comment. */
const INVISIBLE = /&nbsp;|&#160;|&zwnj;|&#8203;|[\u200b-\u200d\u2060]/gi;
const TAG = /<\/?[a-z][^>]*>/gi;
const MEDIA = /<(img|video|audio|iframe|hr)\b/i;

/**
 * As many line breaks as a blank line still needs; none where nothing is written.
 * @param written `ticket.comment.text` from Zendesk: plain text or HTML, depending on the editor; anything else counts as empty
 */
export function gapAfter(written: unknown): string {
  if (typeof written !== 'string') return '';
  const words = written.replace(TAG, '').replace(INVISIBLE, '');
  if (words.trim() === '' && !MEDIA.test(written)) return '';
  const [trailing = ''] = /\s*$/.exec(words) ?? [];
  return '\n'.repeat(Math.max(0, 2 - (trailing.split('\n').length - 1)));
}

/** `[day]`: brackets around text with a letter. Not the text of a link, `[shop](https://…)`. */
const BLANK = /\[(?=[^\]\n]{0,59}\p{L})[^[\]\n]{1,60}\](?!\()/gu;

/** As written, with brackets, in order and without duplicates. */
export function findBlanks(text: string): readonly string[] {
  return [...new Set(text.match(BLANK))];
}
