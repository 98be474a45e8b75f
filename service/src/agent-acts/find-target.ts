// Where may this ticket be passed on to?
import type { Policy } from '@deskwright/shared';
import type { Escalate } from '@deskwright/shared/contract';
import type { TicketRow } from '../projection/ticket-row.ts';
import { type Refused, refuse } from './act-result.ts';
import type { Form } from './read-form.ts';
import type { EscalationRow } from './standing.ts';

export interface Target {
  move: 'up' | 'back' | 'department';
  name: string;
  /** As Zendesk calls it. */
  group: string;
  form: Form;
  /** The ticket's tier from then on. */
  tier: string | null;
}

export interface Past {
  /** Newest first. */
  escalations: readonly EscalationRow[];
  /** Names of the groups that the ticket was taken from, by whomever. */
  groups: ReadonlySet<string | null>;
}

/** A tier that helps the ticket's own, one that had the ticket before, or a department of the policy. */
export function findTarget(policy: Policy, row: TicketRow, to: Escalate['to'], past: Past): Target | Refused {
  if (to.kind === 'department') {
    const department = policy.departments.find(({ id }) => id === to.id);
    if (!department) return refuse('bad_request', `The policy has no department "${to.id}".`);
    const { name, group, fields } = department;
    return { move: 'department', name, group, form: fields ?? policy.escalation.fields, tier: row.tier };
  }
  const target = policy.tiers.find(({ id }) => id === to.id);
  if (!target) return refuse('bad_request', `The policy has no tier "${to.id}".`);
  const current = policy.tiers.find(({ id }) => id === row.tier);
  const atDepartment = past.escalations[0]?.kind === 'department';
  if (target.id === row.tier && !atDepartment)
    return refuse('conflict', `The ticket is at ${target.name} already; somebody was faster.`);
  const before = past.escalations.some(({ fromTier }) => fromTier === target.id) || past.groups.has(target.group);
  const helps = current?.escalates_to === target.id;
  if (!helps && !before)
    return refuse('bad_request', `From ${current?.name ?? 'where it is'} no ticket goes to ${target.name}.`);
  const { name, group, id } = target;
  return { move: helps ? 'up' : 'back', name, group, form: policy.escalation.fields, tier: id };
}
