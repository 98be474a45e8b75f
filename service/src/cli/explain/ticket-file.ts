// Defines the contents of a file of tickets, and reads its text line by line.
import type { TicketFacts } from '@deskwright/shared';

export interface TicketInFile {
  /** From 1. */
  readonly row: number;
  /** As in the file; null if it has none. */
  readonly id: string | number | null;
  readonly facts: TicketFacts;
}

/** A record that cannot be read as a ticket; the following ones are still read. */
export interface UnreadableRecord {
  readonly row: number;
  /** Its position and what is wrong: a sentence without full stop. */
  readonly problem: string;
}

/** A file that cannot be read to the end; the message says which, where and why. */
export class BadTicketFile extends Error {
  override readonly name = 'BadTicketFile';
}

/** A longer line is neither a ticket nor a page of tickets, and would not fit into the memory. */
export const MOST_CHARACTERS = 100_000_000;

/**
 * Lines without their line breaks. (`readline` does not limit their length.)
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
      throw new BadTicketFile(`Cannot read ${file}: a line is longer than 100 MB; write one ticket per line.`);
    for (const next of others) {
      yield begun.join('').replace(/\r$/, '');
      begun = [next];
      length = next.length;
    }
  }
  yield begun.join('').replace(/\r$/, '');
}

/** The rest of a text whose beginning has already been read. */
export async function* withHead(head: string, texts: AsyncGenerator<string>): AsyncGenerator<string> {
  try {
    yield head;
    yield* texts;
  } finally {
    await texts.return(undefined);
  }
}
