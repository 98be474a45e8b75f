// Reads the text of the comment that the agent is writing.

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
