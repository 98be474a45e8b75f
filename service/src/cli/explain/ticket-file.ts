// Defines what a file of tickets holds, and reads its text line by line.
import type { TicketFacts } from '@deskwright/shared';

export interface TicketInFile {
  /** From 1. */
  readonly row: number;
  /** As the file writes it; null where it has none. */
  readonly id: string | number | null;
  readonly facts: TicketFacts;
}

/** A record that is no ticket we can read; those after it are read all the same. */
export interface OddRecord {
  readonly row: number;
  /** Where it stands and what is wrong: a sentence without full stop. */
  readonly problem: string;
}

/** A file that cannot be read to its end: which, where, what is wrong. */
export class BadTicketFile extends Error {
  override readonly name = 'BadTicketFile';
}

/** A line longer than this is no ticket and no page of tickets, and would not fit into the memory. */
export const MOST_CHARACTERS = 100_000_000;

/**
 * Lines without their line breaks. (`readline` has no bound on a line.)
 * @throws BadTicketFile for a line of more than `MOST_CHARACTERS`
 */
export async function* readLines(texts: AsyncIterable<string>, file: string): AsyncGenerator<string> {
  let begun: string[] = [];
  let length = 0;
  for await (const text of texts) {
    const [first = '', ...others] = text.split('\n');
    begun.push(first);
    length += first.length;
    if (length > MOST_CHARACTERS)
      throw new BadTicketFile(`Cannot read ${file}: a line is longer than 100 MB; write one ticket a line.`);
    for (const next of others) {
      yield begun.join('').replace(/\r$/, '');
      begun = [next];
      length = next.length;
    }
  }
  yield begun.join('').replace(/\r$/, '');
}

/** What is left of a text whose beginning was read already. */
export async function* withHead(head: string, texts: AsyncGenerator<string>): AsyncGenerator<string> {
  try {
    yield head;
    yield* texts;
  } finally {
    await texts.return(undefined);
  }
}
