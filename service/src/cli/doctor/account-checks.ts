// Checks what agents work with: views, groups, and what people changed.
import type { Policy } from '@deskwright/shared';
import { followUpGroups } from '../../policy/find-unknown-names.ts';
import { checkDrift, nameOfView } from '../../provision/index.ts';
import type { RawObject } from '../../zendesk/account-objects.ts';
import { type Check, ok, skipped, warning } from './check.ts';

/** More tickets take too many calls: a hundred a call, for each view. */
const MOST_OPEN = 5_000;
const NAMED = 10;

const isView = (managed: Policy['views'][number], view: RawObject): boolean =>
  managed.id === undefined ? managed.title === view['title'] : managed.id === view.id;

const views: Check = {
  name: 'views',
  run: async ({ policy, zendesk }) => {
    const found = (await zendesk.objects.list('view')).filter((view) => view['active'] !== false);
    const missing = policy.views.filter((managed) => !found.some((view) => isView(managed, view)));
    return missing.length === 0
      ? ok('Each view of the policy exists and is active.')
      : warning(
          `Zendesk has no active view ${missing.map(nameOfView).join(', ')}.`,
          'Create it (deskwright plan shows how), activate it (Admin Center > Workspaces > Views), or correct the policy.',
        );
  },
};

const unseen: Check = {
  name: 'tickets in no view',
  isLong: true,
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
      const isManaged = policy.views.some((managed) => isView(managed, view));
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
    const needed = [
      ...new Set([...policy.tiers, ...policy.departments, ...followUpGroups(policy)].map(({ group }) => group)),
    ];
    const missing = needed.filter((name) => !groups.some((group) => group['name'] === name));
    const empty = groups.flatMap((group) =>
      needed.includes(String(group['name'])) && !members.get(Number(group.id)) ? [String(group['name'])] : [],
    );
    const problems = [
      ...missing.map((name) => `Zendesk has no group "${name}".`),
      ...empty.map((name) => `Nobody is in the group "${name}": its tickets wait.`),
    ];
    return problems.length === 0
      ? ok('Every tier and department has agents, and so has who follows up.')
      : warning(
          problems.join(' '),
          'Make missing groups (deskwright apply) or correct the policy; add agents in Admin Center > People > Team members.',
        );
  },
};

const drift: Check = {
  name: 'drift',
  isLong: true,
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

export const ACCOUNT_CHECKS: readonly Check[] = [views, unseen, emptyGroups, drift];
