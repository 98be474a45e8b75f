// Decides a locked ticket again, without an event, and saves the decision.
import type { Queryable } from '../../platform/storage/database.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import { readConversation, saveTicket } from '../projection/projection-store.ts';
import type { TicketRow } from '../projection/ticket-row.ts';
import { callRecordHooks } from '../record-news.ts';
import { decideRow, type Names } from './decide-row.ts';
import type { PipelineDeps } from './deps.ts';
import { saveNextDecisions } from './due-decisions.ts';
import { decidedPlacement } from './record-of.ts';
import { batchOfOne } from './statement-batch.ts';

interface DecideAgain {
  /** `time` or `sweep`. */
  cause: string;
  inForce: PolicyInForce;
  /** Locked by the caller in this transaction. */
  row: TicketRow;
  names: Names;
}

/** Returns what `decideRow` does; the ticket, its record and its next time are saved. */
export async function decideAgain(tx: Queryable, deps: PipelineDeps, { cause, inForce, row, names }: DecideAgain) {
  const ticketId = row.id;
  const { lastCustomerComment } = await readConversation(tx, ticketId);
  const decided = await decideRow(batchOfOne(tx), deps, {
    because: { ticketId, inboxId: null, cause },
    inForce,
    row,
    lastCustomerComment,
    names,
    hasOpenDecisions: true,
  });
  const placement = decidedPlacement({ ...decided, before: row, isKnown: true, at: new Date(deps.clock()) });
  await callRecordHooks(deps.hooks, batchOfOne(tx), { news: [], decided: placement });
  await saveTicket(tx, decided.row);
  await saveNextDecisions(tx, [{ row: decided.row, inForce }]);
  return decided;
}
