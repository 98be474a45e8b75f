// Shows what the customer wrote, with the words marked for which the category was chosen.
import type { QuotedSentence } from '@deskwright/shared/contract';
import styled from 'styled-components';
import { color } from '../../base/theme/theme.ts';

const Mark = styled.mark`
  border-radius: ${({ theme }) => theme.borderRadii.sm};
  background: ${color('background.warning')};
  color: ${color('foreground.warningEmphasis')};
  font-weight: ${({ theme }) => theme.fontWeights.semibold};
`;

const OneLine = styled.p`
  max-inline-size: 100%;
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
`;

/** In one line: cut in front of the first marked word so that it is always visible, and by the width of the card behind it. */
export function QuoteLine({ sentence }: { readonly sentence: QuotedSentence }) {
  return (
    <OneLine dir="auto" title={sentence.map(({ text }) => text).join('')}>
      <Quote sentence={fromFirstMark(sentence)} />
    </OneLine>
  );
}

export function Quote({ sentence }: { readonly sentence: QuotedSentence }) {
  return (
    <q>
      {sentence.map(({ text, found }, at) =>
        // A piece has no id; its position identifies it.
        found ? <Mark key={at}>{text}</Mark> : <span key={at}>{text}</span>,
      )}
    </q>
  );
}

/** Columns in front of the first marked word. Chinese and the like take two each. */
const LEAD = 20;
const WIDE = /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]|\p{Extended_Pictographic}/u;

function fromFirstMark(sentence: QuotedSentence): QuotedSentence {
  const [first, ...rest] = sentence;
  if (first === undefined || first.found) return sentence;
  return [{ ...first, text: lastColumns(first.text) }, ...rest];
}

/** The end of a text from the beginning of a word, with an ellipsis where something was cut. */
function lastColumns(text: string): string {
  const letters = Array.from(text);
  let at = letters.length;
  for (let columns = 0; at > 0; at -= 1) {
    columns += WIDE.test(letters[at - 1] ?? '') ? 2 : 1;
    if (columns > LEAD) break;
  }
  if (at === 0) return text;
  const space = letters.indexOf(' ', at - 1);
  const from = space === -1 || space >= letters.length - 1 ? at : space + 1;
  return `…${letters.slice(from).join('')}`;
}
