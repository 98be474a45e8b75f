// Splits a text into sentences, and shortens one for the card.
import { segmentsOf } from '@deskwright/shared';

const SEGMENTER = new Intl.Segmenter('en', { granularity: 'sentence' });
/** UTF-16 code units; a longer sentence counts as two. */
const LONGEST = 2_000;
/** Mail programs wrap lines at about this many characters; shorter lines were ended by the author. */
const WRAPPED = /^(.{50,})\n(?=\S)/gm;
/** A following character without a space continues the sentence, as in `https://example.com/?order=1`, except after the full stops of scripts without spaces. */
const GOES_ON = /[.!?]$/;

/** The sentences in order (Unicode UAX 29), trimmed, with wrapped lines joined. */
export function sentencesOf(text: string): string[] {
  const sentences: string[] = [];
  let open = '';
  const lines = text.replaceAll('\r\n', '\n').replace(WRAPPED, '$1 ');
  for (const segment of segmentsOf(lines, SEGMENTER, LONGEST)) {
    open += segment;
    if (GOES_ON.test(segment)) continue;
    sentences.push(open.trim());
    open = '';
  }
  sentences.push(open.trim());
  return sentences.filter((sentence) => sentence !== '');
}

const LONGEST_SHOWN = 240;

/** The sentence with single spaces, cut with an ellipsis, never within a character. */
export function cutSentence(sentence: string): string {
  const text = sentence.replace(/\s+/gu, ' ');
  return text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN - 1).replace(/[\uD800-\uDBFF]$/u, '')}…`;
}
