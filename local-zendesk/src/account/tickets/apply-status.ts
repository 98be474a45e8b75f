// Keeps status and custom status consistent.
import type { StatusCategory } from '../ticket-schema.ts';
import type { Status, Via } from '../types.ts';
import { type Draft, setField } from './draft.ts';
import type { TicketDeps } from './ticket-deps.ts';

/** `closed` and `deleted` have no custom status of their own: such tickets keep the one they had. */
const categoryOf = (status: Status): StatusCategory | null =>
  status === 'closed' || status === 'deleted' ? null : status;

export function setStatus(deps: TicketDeps, draft: Draft, status: Status, via?: Via): void {
  setField(deps.core, draft, 'status', status, via);
  const category = categoryOf(status);
  if (category === null) return;
  const current = deps.statuses.find(draft.ticket.custom_status_id);
  if (current?.status_category === category) return;
  setField(deps.core, draft, 'custom_status_id', deps.statuses.defaultFor(category).id, via);
}

/** The status follows the custom status' category. False when there is no such custom status. */
export function setCustomStatus(deps: TicketDeps, draft: Draft, id: number, via?: Via): boolean {
  const status = deps.statuses.find(id);
  if (status === undefined) return false;
  setField(deps.core, draft, 'custom_status_id', id, via);
  setField(deps.core, draft, 'status', status.status_category, via);
  return true;
}
