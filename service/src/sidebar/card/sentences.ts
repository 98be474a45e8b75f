// Splits a text into sentences.
import { segmentsOf } from '@deskwright/shared';

const SEGMENTER = new Intl.Segmenter('en', { granularity: 'sentence' });
/** UTF-16 code units; a sentence that is longer counts as two. */
const LONGEST = 2_000;
/** Mail programs break lines of about so many characters; shorter lines end where the writer ended them. */
const WRAPPED = /^(.{50,})\n(?=\S)/gm;
/** Something goes on right behind it, as in `https://example.com/?order=1`; marks of scripts without spaces do end there. */
const GOES_ON = /[.!?]$/;

/** The sentences in order (Unicode UAX 29), trimmed, lines that a mail program broke joined. */
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
