// Finds the tier or department that a ticket may be sent to.

import type { Policy } from '@deskwright/shared';
import type { Escalate } from '@deskwright/shared/contract';
import type { NextSteps } from '../../decide/escalation.ts';
import type { TicketRow } from '../../tickets/index.ts';
import { type Refused, refuse } from './action-result.ts';
import type { Form } from './read-form.ts';

export interface Target {
  move: 'up' | 'back' | 'department';
  name: string;
  /** Its name in Zendesk. */
  group: string;
  form: Form;
  /** The ticket's new tier. */
  tier: string | null;
}

/** A tier that the ticket can go to from its current place, or a department of the policy. */
export function findTarget(policy: Policy, row: TicketRow, to: Escalate['to'], ways: NextSteps): Target | Refused {
  if (to.kind === 'department') {
    const department = policy.departments.find(({ id }) => id === to.id);
    if (!department) return refuse('bad_request', `The policy has no department "${to.id}".`);
    const { name, group, fields } = department;
    return { move: 'department', name, group, form: fields ?? policy.escalation.fields, tier: row.tier };
  }
  const target = policy.tiers.find(({ id }) => id === to.id);
  if (!target) return refuse('bad_request', `The policy has no tier "${to.id}".`);
  const { name, group, id } = target;
  if (id === ways.from && !ways.atDepartment)
    return refuse('conflict', `The ticket is already at ${name}; another agent already moved it.`);
  const isNext = id === ways.next;
  if (!isNext && !ways.back.includes(id)) {
    const from = policy.tiers.find((tier) => tier.id === ways.from)?.name ?? 'where it is';
    return refuse('bad_request', `Tickets cannot go from ${from} to ${name}.`);
  }
  return { move: isNext ? 'up' : 'back', name, group, form: policy.escalation.fields, tier: id };
}
