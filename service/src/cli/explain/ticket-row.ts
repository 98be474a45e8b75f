// What is one ticket of a file, before it is decided?
import type { TicketFacts } from '@deskwright/shared';

export interface TicketInFile {
  /** From 1. */
  readonly row: number;
  /** As the file writes it; null where it has none. */
  readonly id: string | number | null;
  readonly facts: TicketFacts;
}

/** A file that cannot be read to its end: which, where, what is wrong. */
export class BadTicketFile extends Error {
  override readonly name = 'BadTicketFile';
}
