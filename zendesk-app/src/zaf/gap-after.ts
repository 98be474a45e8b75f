// What has to stand between what an agent has written and what is put below it?

/** Invisible without being blanks: an editor leaves them where nothing is written. */
const NOTHING = /&nbsp;|&#160;|&zwnj;|&#8203;|[\u200b-\u200d\u2060]/gi;
const TAG = /<\/?[a-z][^>]*>/gi;
const PICTURE = /<(img|video|audio|iframe|hr)\b/i;

/**
 * As many line ends as a blank line still needs, none below nothing.
 * @param written `ticket.comment.text` as Zendesk tells it: plain or HTML, as the editor is; anything else counts as nothing
 */
export function gapAfter(written: unknown): string {
  if (typeof written !== 'string') return '';
  const words = written.replace(TAG, '').replace(NOTHING, '');
  if (words.trim() === '' && !PICTURE.test(written)) return '';
  const [trailing = ''] = /\s*$/.exec(words) ?? [];
  return '\n'.repeat(Math.max(0, 2 - (trailing.split('\n').length - 1)));
}
