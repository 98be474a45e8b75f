// Where can a ticket be sent from here, and what must be said for it?
import type { Escalate, FormField, TicketCard } from '@deskwright/shared/contract';

export interface MoveTarget {
  readonly to: Escalate['to'];
  readonly name: string;
  /** `back`: to a tier that the ticket came up from. */
  readonly how: 'up' | 'back' | 'hand_off';
  readonly fields: readonly FormField[];
}

export function moveTargets({ escalation, departments }: TicketCard): readonly MoveTarget[] {
  const tier = (id: string, name: string, how: 'up' | 'back'): MoveTarget => ({
    to: { kind: 'tier', id },
    name,
    how,
    fields: escalation.fields,
  });
  return [
    ...(escalation.next === null ? [] : [tier(escalation.next.id, escalation.next.name, 'up')]),
    ...escalation.back.map(({ id, name }) => tier(id, name, 'back')),
    ...departments.map(
      ({ id, name, fields }): MoveTarget => ({ to: { kind: 'department', id }, name, how: 'hand_off', fields }),
    ),
  ];
}

export function sameTarget(one: MoveTarget, other: MoveTarget): boolean {
  return one.to.kind === other.to.kind && one.to.id === other.to.id;
}
