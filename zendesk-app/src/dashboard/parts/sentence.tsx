// Puts numbers that can be opened into a sentence, wherever the language has them.
import { Fragment, type ReactNode } from 'react';

const MARK = '\u0001';

interface SentenceProps {
  /** The sentence, given what stands for each number. */
  readonly write: (places: Readonly<Record<string, string>>) => string;
  /** By name. */
  readonly numbers: Readonly<Record<string, ReactNode>>;
}

export function Sentence({ write, numbers }: SentenceProps) {
  const places = Object.fromEntries(Object.keys(numbers).map((name) => [name, `${MARK}${name}${MARK}`]));
  return write(places)
    .split(MARK)
    .map((part, n) => (
      // A sentence's parts are only replaced as a whole.
      // oxlint-disable-next-line react/no-array-index-key
      <Fragment key={n}>{n % 2 === 1 ? numbers[part] : part}</Fragment>
    ));
}
