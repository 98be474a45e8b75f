// Runs the account's automations on its tickets.
import { SYSTEM_ACTOR_ID } from '../actor.ts';
import { matchesView } from '../rules/matches-view.ts';
import type { Automation } from '../rules.ts';
import type { Ticket } from '../types.ts';
import { act, viaRule } from './act.ts';
import { type Announcer, commit } from './commit.ts';
import type { Draft } from './draft.ts';
import { runTriggers } from './run-triggers.ts';
import type { TicketDeps } from './ticket-deps.ts';
import { openDraft } from './update-ticket.ts';

/**
 * Top to bottom, each on the ticket as the ones above left it; every automation makes an audit of its own, and triggers run on its
 * update (support.zendesk.com, "About automations and how they work"). Closed tickets cannot be changed.
 * @returns the tickets that changed
 */
export function runAutomations(deps: TicketDeps, announcer: Announcer): readonly Ticket[] {
  const automations = deps.automations.list().filter((automation) => automation.active);
  const changed = new Map<number, Ticket>();
  for (const { id } of deps.store.list()) {
    for (const automation of automations) {
      const ticket = deps.store.find(id)?.ticket;
      if (ticket === undefined || ticket.status === 'closed' || !isDue(deps, automation, ticket)) continue;
      const draft: Draft = {
        ...openDraft(deps, ticket, { id: SYSTEM_ACTOR_ID }),
        via: viaRule(automation, 'automation'),
      };
      for (const action of automation.actions) act(deps, draft, action, automation, 'automation');
      if (draft.events.length === 0) continue;
      runTriggers(deps, draft);
      changed.set(id, commit(deps, announcer, draft, 'updated').ticket);
    }
  }
  return [...changed.values()];
}

function isDue(deps: TicketDeps, { conditions }: Automation, ticket: Ticket): boolean {
  const asker = { groups: deps.groups, userId: SYSTEM_ACTOR_ID };
  const metricsOf = (id: number) => deps.store.find(id)?.metrics;
  return matchesView({ metricsOf, now: deps.core.at({ id: SYSTEM_ACTOR_ID }), asker }, conditions, ticket);
}
