// Names what a file of tickets holds, before it is decided.
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
