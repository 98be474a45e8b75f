// Lists the other departments and whether they are open.
import { isOpenAt, nextOpening } from '@deskwright/shared';
import type { DepartmentCard } from '@deskwright/shared/contract';
import type { CompiledPolicy } from '../../decide/compile-policy.ts';
import type { PolicyWithGuidance } from '../../policy/policy-in-force.ts';
import type { CardContext } from './card-context.ts';
import { canBePassedOn } from './head-card.ts';
import { formFields, way } from './way.ts';

const MINUTE = 60_000;

/** Departments open and close on whole minutes, so the result is valid for the rest of the minute. */
const known = new WeakMap<CompiledPolicy, { minute: number; cards: readonly Counter[] }>();

/** A department's card without the data from Zendesk. */
type Counter = Omit<DepartmentCard, 'missingGroup' | 'closedGroup' | 'hasTicket'> & { readonly group: string };

/**
 * Empty for a ticket that cannot be moved.
 * @param pendingGroup the group that the ticket is in or being moved to
 */
export function departmentCards(
  { ticket, inForce, directory, agent, now }: Pick<CardContext, 'ticket' | 'inForce' | 'directory' | 'agent' | 'now'>,
  pendingGroup: number | null,
): readonly DepartmentCard[] {
  if (!canBePassedOn(ticket)) return [];
  return countersAt(inForce, now).map(({ group, ...card }) => ({
    ...card,
    ...way({ directory, agent }, card, group),
    hasTicket: pendingGroup !== null && directory?.groupId(group) === pendingGroup,
  }));
}

function countersAt(inForce: PolicyWithGuidance, now: number): readonly Counter[] {
  const minute = Math.floor(now / MINUTE);
  const last = known.get(inForce.compiled);
  if (last?.minute === minute) return last.cards;
  const cards = cardsAt(inForce, now);
  known.set(inForce.compiled, { minute, cards });
  return cards;
}

function cardsAt({ policy, compiled }: PolicyWithGuidance, now: number): Counter[] {
  return policy.departments.map(({ id, name, group, handles, contact, on_call: onCall, ...department }) => {
    const hours = compiled.departmentHours.get(id) ?? compiled.calendar;
    const open = isOpenAt(now, hours);
    const opensAt = open ? null : nextOpening(now, hours);
    return {
      id,
      name,
      group,
      handles: handles ?? null,
      fields: formFields(department.fields ?? policy.escalation.fields),
      open,
      opensAt: opensAt === null ? null : new Date(opensAt).toISOString(),
      timeZone: hours.timeZone,
      contact: (open ? contact : onCall) ?? null,
      answersWithin: department.answers_within ?? null,
    };
  });
}
