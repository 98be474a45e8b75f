// What other features may use of past tickets: what they are, and reading them.
export { fetchPastTickets } from './cache/fetch-past-tickets.ts';
export { readAccountNames } from './cache/names.ts';
export { findCachedPeople, forgetCached, openCache } from './cache/open-cache.ts';
export { cacheFolder } from './cache/pages.ts';
export { type Chunk, openChunks, type PastTicketChunks, readPastTickets, ticketsOf } from './chunks.ts';
export { type PastTicketsDeps, pastTicketsFeature } from './feature.ts';
export { openTicketFile, unknownInFiles } from './files/open-ticket-file.ts';
export {
  BadTicketFile,
  factsFromMessage,
  type TicketInFile,
  type UnreadableRecord,
} from './files/ticket-file.ts';
export { openHistory, readChosenCategories } from './history/open-history.ts';
export {
  asArrived,
  categoryByLabel,
  type LabelSource,
  type PastTicket,
  readLabelSource,
} from './past-ticket.ts';
