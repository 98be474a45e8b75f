// Makes the messages that the preview shows when there are no past tickets.
import { composeMessage, createRandom } from '@deskwright/local-zendesk/messages';
import { asArrived, type Chunk, factsFromMessage } from '../past-tickets/index.ts';

const MESSAGES = 300;
const START = Date.UTC(2026, 0, 5, 8);
const BETWEEN_MS = 3_600_000;

/** Messages to an invented shop, always the same, with the category that a person would give. */
export function exampleTickets(): Chunk {
  const random = createRandom(11);
  const tickets = Array.from({ length: MESSAGES }, (_, at) => {
    const { subject, message, category } = composeMessage(random);
    const createdAt = START + at * BETWEEN_MS;
    const facts = factsFromMessage({ subject, description: message }, at + 1, createdAt, createdAt);
    return { id: at + 1, row: at + 1, facts: asArrived(facts), label: category };
  });
  return { kind: 'tickets', tickets };
}
