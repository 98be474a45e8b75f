// Leaves of the first screen what the viewer may see.
import type { Dashboard } from '@deskwright/shared/contract';
import type { Rights } from '../api/viewer.ts';
import type { Overview } from './overview.ts';

/** As many links as anybody follows from the first screen. */
const MAX_LINKS = 20;

/** Counts are everybody's; tickets are named only to those whom Zendesk shows them. */
export function showOverview({ dashboard, seen }: Overview, { may, sees, isNamed, namesGroup }: Rights): Dashboard {
  const isShown = (id: number): boolean => {
    const ticket = seen.get(id);
    return may.openTickets && ticket !== undefined && sees(ticket);
  };
  const { oldest } = dashboard.waiting;
  return {
    ...dashboard,
    choices: shownChoices(dashboard.choices, { namesGroup }),
    waiting: {
      ...dashboard.waiting,
      oldest: oldest && { ...oldest, ticket: oldest.ticket && isShown(oldest.ticket.id) ? oldest.ticket : null },
    },
    attention: dashboard.attention.map(({ alarm, ...item }) => ({
      ...item,
      ...(alarm !== undefined && may.seeAgents && { alarm }),
      tickets: item.tickets.filter(({ id }) => isShown(id)).slice(0, MAX_LINKS),
    })),
    // Who answers for a goal is a person.
    goals: isNamed ? dashboard.goals : dashboard.goals.map((goal) => ({ ...goal, owner: '' })),
    may,
  };
}

export const shownChoices = <C extends Dashboard['choices']>(
  choices: C,
  { namesGroup }: Pick<Rights, 'namesGroup'>,
): C => ({
  ...choices,
  groups: choices.groups.filter(({ name }) => namesGroup(name)),
});
