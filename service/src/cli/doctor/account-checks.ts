// Checks what agents work with: views, groups, and what people changed.
import { checkDrift } from '../../provision/index.ts';
import { nameOfView } from '../../views/index.ts';
import { type Check, ok, skipped, warning } from './check.ts';

/** More tickets take too many calls: a hundred a call, for each view. */
const MOST_OPEN = 5_000;
const NAMED = 10;

const unseen: Check = {
  name: 'tickets in no view',
  run: async ({ db, policy, zendesk }) => {
    if (policy.views.length === 0)
      return skipped('The policy manages no view.', 'Name the views that agents work from (views:).');
    const { rows } = await db.$client.query<{ id: string }>(
      "SELECT id FROM tickets WHERE gone IS NULL AND status NOT IN ('solved', 'closed') LIMIT $1",
      [MOST_OPEN + 1],
    );
    if (rows.length > MOST_OPEN)
      return skipped(`More than ${MOST_OPEN} tickets are open, too many to compare with the views.`);
    const shown = new Set<number>();
    for (const view of await zendesk.objects.list('view')) {
      const isManaged = policy.views.some((each) =>
        each.id === undefined ? each.title === view['title'] : each.id === view.id,
      );
      if (!isManaged || view['active'] === false) continue;
      for (const id of await zendesk.objects.listViewTickets(String(view.id), MOST_OPEN)) shown.add(id);
    }
    const hidden = rows.map(({ id }) => Number(id)).filter((id) => !shown.has(id));
    if (hidden.length === 0) return ok(`Each of the ${rows.length} open tickets is in a managed view.`);
    const some = hidden.slice(0, NAMED).join(', ');
    return warning(
      `${hidden.length} of ${rows.length} open tickets are in none of the views ${policy.views.map(nameOfView).join(', ')}: ${some}${hidden.length > NAMED ? ' ...' : ''}`,
      'Widen the conditions of a view in Zendesk, or name the view that shows them in the policy.',
    );
  },
};

const emptyGroups: Check = {
  name: 'groups',
  run: async ({ policy, zendesk }) => {
    const [groups, members] = await Promise.all([zendesk.objects.list('group'), zendesk.objects.countMembers()]);
    const needed = [...policy.tiers, ...policy.departments].map(({ group }) => group);
    const missing = needed.filter((name) => !groups.some((group) => group['name'] === name));
    const empty = groups.flatMap((group) =>
      needed.includes(String(group['name'])) && !members.get(Number(group.id)) ? [String(group['name'])] : [],
    );
    if (missing.length > 0)
      return warning(
        `Zendesk has no group ${missing.map((name) => `"${name}"`).join(', ')}.`,
        'Make it: deskwright apply, or correct the policy.',
      );
    return empty.length === 0
      ? ok('Every tier and department has agents.')
      : warning(
          `Nobody is in the group ${empty.map((name) => `"${name}"`).join(', ')}: its tickets wait.`,
          'Add agents: Admin Center > People > Team members.',
        );
  },
};

const drift: Check = {
  name: 'drift',
  run: async ({ db, policy, publicUrl, zendesk }) => {
    const drifted = await checkDrift({ db, objects: zendesk.objects, policy: () => policy, publicUrl });
    return drifted.length === 0
      ? ok('Nobody changed what Deskwright set up.')
      : warning(
          `Changed in Zendesk since the last apply: ${drifted.map(({ key }) => key).join(', ')}.`,
          'See what and decide: deskwright drift.',
        );
  },
};

export const ACCOUNT_CHECKS: readonly Check[] = [unseen, emptyGroups, drift];
