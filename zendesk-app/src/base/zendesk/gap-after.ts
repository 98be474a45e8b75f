// Computes the line breaks between what the agent has written and text inserted below it.

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
