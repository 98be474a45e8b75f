// Runs the account's triggers on a pending change.
import { matchesTrigger, type TriggerChange } from '../rules/matches-trigger.ts';
import { act } from './act.ts';
import type { Draft } from './draft.ts';
import type { TicketDeps } from './ticket-deps.ts';

/** The ticket as far as conditions see it; notes of notifications and webhook calls are not changes. */
const changesSoFar = (draft: Draft): number =>
  draft.events.filter((event) => event.type !== 'Notification' && event.type !== 'External').length;

/**
 * Top to bottom; after a trigger has changed the ticket the list starts again from the top, and each trigger fires at
 * most once per update (support.zendesk.com, "About triggers and how they work").
 */
export function runTriggers(deps: TicketDeps, draft: Draft): void {
  const triggers = deps.triggers.list().filter((trigger) => trigger.active);
  const sight: TriggerChange = {
    before: draft.before,
    ticket: draft.ticket,
    comments: draft.comments,
    via: draft.via,
    metrics: deps.store.find(draft.ticket.id)?.metrics,
    asker: { groups: deps.groups, userId: draft.actorId },
    users: deps.users,
  };
  const fired = new Set<number>();
  const fireNext = (): boolean => {
    for (const trigger of triggers) {
      if (fired.has(trigger.id) || !matchesTrigger(trigger.conditions, sight)) continue;
      fired.add(trigger.id);
      const before = changesSoFar(draft);
      for (const action of trigger.actions) act(deps, draft, action, trigger, 'trigger');
      if (changesSoFar(draft) !== before) return true;
    }
    return false;
  };
  let changed = true;
  while (changed) changed = fireNext();
}
