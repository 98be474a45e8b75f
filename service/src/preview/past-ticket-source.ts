// Gives the preview its past tickets: a sample for the first answer, then all of them.
import { type Chunk, type LabelSource, openChunks, type PastTicket, ticketsOf } from '../past-tickets/index.ts';
import { exampleTickets } from './example-tickets.ts';

export interface PastTicketSource {
  /** For people: `last-month.jsonl`. */
  readonly name: string;
  /** The first ones, in memory: what they say is known at once. */
  readonly sample: Chunk;
  /** All, the sample included. */
  readonly all: () => Promise<AsyncIterable<Chunk>>;
  /** Undefined: there is none at this row. */
  readonly find: (row: number) => Promise<PastTicket | undefined>;
  /** Whether the sample is all there is. */
  readonly isWhole: boolean;
}

/** As many are compared within a second on a slow machine, with a large policy. */
const SAMPLE = 1_000;

/** @throws BadTicketFile when the file cannot be read */
export async function fileSource(
  file: string,
  options: { encoding?: string | undefined; labels?: LabelSource | undefined } = {},
): Promise<PastTicketSource> {
  const read = [];
  for await (const chunk of (await openChunks(file, { ...options, limit: SAMPLE + 1 })).chunks)
    read.push(...ticketsOf(chunk, options.labels));
  const sample: Chunk = { kind: 'tickets', tickets: read.slice(0, SAMPLE) };
  const isWhole = read.length <= SAMPLE;
  const all = async () => (await openChunks(file, options)).chunks;
  return {
    name: file,
    sample,
    all,
    isWhole,
    find: async (row) => {
      const known = findIn(sample, row);
      if (known !== undefined || isWhole) return known;
      for await (const chunk of await all()) {
        const found = findIn(chunk, row, options.labels);
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
}

export function exampleSource(): PastTicketSource {
  const sample = exampleTickets();
  return {
    name: 'example messages to an invented shop',
    sample,
    all: async () => only(sample),
    isWhole: true,
    find: async (row) => findIn(sample, row),
  };
}

async function* only(chunk: Chunk): AsyncGenerator<Chunk> {
  yield chunk;
}

function findIn(chunk: Chunk, row: number, labels?: LabelSource): PastTicket | undefined {
  for (const ticket of ticketsOf(chunk, labels)) if (ticket.row === row && !('problem' in ticket)) return ticket;
  return undefined;
}
