// Lists the tiers and departments that the ticket can be moved to.
import type { Escalate, FormField, TicketCard, Way } from '@deskwright/shared/contract';

export interface MoveTarget {
  readonly to: Escalate['to'];
  readonly name: string;
  /** `back`: to a tier that had the ticket before. */
  readonly how: 'up' | 'back' | 'hand_off';
  readonly fields: readonly FormField[];
  /** The group does not exist in Zendesk, so the ticket cannot be moved there. */
  readonly missingGroup: string | null;
  /** The agent's role may not assign tickets to this group. */
  readonly closedGroup: string | null;
}

export function moveTargets({ escalation, departments }: TicketCard): readonly MoveTarget[] {
  const tier = ({ id, ...way }: Way, how: 'up' | 'back'): MoveTarget => ({
    to: { kind: 'tier', id },
    ...way,
    how,
    fields: escalation.fields,
  });
  return [
    ...(escalation.next === null ? [] : [tier(escalation.next, 'up')]),
    ...escalation.back.map((way) => tier(way, 'back')),
    ...departments.map(
      ({ id, name, missingGroup, closedGroup, fields }): MoveTarget => ({
        to: { kind: 'department', id },
        name,
        missingGroup,
        closedGroup,
        how: 'hand_off',
        fields,
      }),
    ),
  ];
}

export function sameTarget(one: MoveTarget, other: MoveTarget): boolean {
  return one.to.kind === other.to.kind && one.to.id === other.to.id;
}

/** Whether this agent can move the ticket there; if not, `GroupProblem` says why. */
export function isAllowed({ missingGroup, closedGroup }: Pick<Way, 'missingGroup' | 'closedGroup'>): boolean {
  return missingGroup === null && closedGroup === null;
}
