// Gives the preview its past tickets: a sample for the first answer, then all of them.
import { composeMessage, createRandom } from '@deskwright/local-zendesk/messages';
import {
  asArrived,
  type Chunk,
  factsFromMessage,
  type LabelSource,
  openCache,
  openChunks,
  type PastTicket,
  ticketsOf,
} from '../past-tickets/index.ts';

const MESSAGES = 300;
const START = Date.UTC(2026, 0, 5, 8);
const BETWEEN_MS = 3_600_000;

/** Messages to an invented shop, always the same, with the category that a person would give. */
function exampleTickets(): Chunk {
  const random = createRandom(11);
  const tickets = Array.from({ length: MESSAGES }, (_, at) => {
    const { subject, message, category } = composeMessage(random);
    const createdAt = START + at * BETWEEN_MS;
    const facts = factsFromMessage({ subject, description: message }, at + 1, createdAt, createdAt);
    return { id: at + 1, row: at + 1, facts: asArrived(facts), label: category };
  });
  return { kind: 'tickets', tickets };
}

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
export const fileSource = (
  file: string,
  options: { encoding?: string | undefined; labels?: LabelSource | undefined } = {},
): Promise<PastTicketSource> =>
  chunkedSource(file, async (limit) => (await openChunks(file, { ...options, limit })).chunks, options.labels);

/** What is cached of the account; null: nothing is. @param oldest see `openCache` */
export async function cacheSource(
  folder: string,
  { oldest, labels }: { oldest: number; labels?: LabelSource | undefined },
): Promise<PastTicketSource | null> {
  if ((await openCache(folder, { oldest })) === null) return null;
  const open = async (limit?: number) => (await openCache(folder, { limit }))?.chunks ?? nothing();
  return chunkedSource('the account, as cached', open, labels);
}

/** The tickets in the service's database. @param open reads them again, from the first */
export const historySource = (
  open: (limit?: number) => Promise<AsyncIterable<Chunk>>,
  labels: LabelSource | undefined,
): Promise<PastTicketSource> => chunkedSource("the service's history", open, labels);

async function* nothing(): AsyncGenerator<Chunk> {}

async function chunkedSource(
  name: string,
  open: (limit?: number) => Promise<AsyncIterable<Chunk>>,
  labels: LabelSource | undefined,
): Promise<PastTicketSource> {
  const read = [];
  for await (const chunk of await open(SAMPLE + 1)) read.push(...ticketsOf(chunk, labels));
  const sample: Chunk = { kind: 'tickets', tickets: read.slice(0, SAMPLE) };
  const isWhole = read.length <= SAMPLE;
  return {
    name,
    sample,
    all: () => open(),
    isWhole,
    find: async (row) => {
      const known = findIn(sample, row);
      if (known !== undefined || isWhole) return known;
      for await (const chunk of await open()) {
        const found = findIn(chunk, row, labels);
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
