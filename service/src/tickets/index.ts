// What other features may use of tickets.
export { readDecisions } from './decision-log/packed-decision.ts';
export { describeShadow, type ShadowOutcome, shadowOutcome } from './decision-log/shadow-outcome.ts';
export { type TicketsDeps, ticketsFeature } from './feature.ts';
export type {
  DecidedPlacement,
  Erased,
  ErasingHook,
  TicketActor,
  TicketChange,
  TicketHook,
  TicketNews,
  TicketRecord,
  TicketValues,
} from './hooks.ts';
export { loadFacts, type Names } from './process/decide-row.ts';
export { type ErasureReceipt, listErasureReceipts, recordErasure } from './process/follow-removal.ts';
export { isOpenByProgram } from './process/judge-reopening.ts';
export { readStatus } from './process/observation.ts';
export { goneByChange, isFinished } from './projection/apply-snapshot.ts';
export { erasePerson } from './projection/erase-person.ts';
export { countWords, eraseTickets } from './projection/erase-tickets.ts';
export { lockTicket, readConversation, saveTicket } from './projection/projection-store.ts';
export { categoriesOf, type TicketRow, tiersOf } from './projection/ticket-row.ts';
export { checkWrites } from './readiness.ts';
export { listDeadLetteredEvents, retryDeadLetteredEvents } from './receive/event-handling.ts';
export { EVENT_TYPES, MESSAGE_ADDED } from './receive/ticket-event.ts';
export {
  listMoves,
  listSweeps,
  pauseSweep,
  planSweep,
  readSweep,
  type SweepMove,
  type SweepStatus,
  stepSweep,
  sweepAtWork,
} from './redecide/sweeps.ts';
export type { SweepFilter } from './redecide/tables.ts';
export { ofNoOpenTicket } from './retention.ts';
export { isImported } from './sync/export-position.ts';
export {
  chargingReadBudget,
  EXPORT_READS,
  EXPORT_READS_PER_MINUTE,
  takeBackgroundRead,
} from './sync/read-budget.ts';
export { unknownRequesters } from './sync/read-requesters.ts';
export { addTicket } from './sync/reread-ticket.ts';
export {
  listUnreadableRecords,
  retryUnreadableRecords,
  storeUnreadableRecords,
  storeUnreadableTickets,
} from './sync/unreadable-records.ts';
export { type ExportFindings, readExportFindings } from './sync/watch-webhooks.ts';
export { comments, decisions, dueDecisions, inbox, ticketMoves, tickets, type WantedTicket } from './tables.ts';
export { keepAccountLimit, WRITES } from './write/stopped-writes.ts';
export {
  ACTS_ON_TICKET,
  describeChange,
  groupAfter,
  HAS_RUN,
  openMoves,
  pendingGroup,
  recordTicketChange,
  type TicketChangePayload,
  ticketInScope,
} from './write/ticket-change.ts';
export { withdrawNote, withdrawOverriddenChanges } from './write/withdraw-changes.ts';
