// Compares a policy with what people set up in the account, and finds what works against it.
import type { Policy } from '@deskwright/shared';
import { cannotHold } from '../decide/prove/index.ts';
import type { LintFinding } from '../lint/index.ts';
import { followUpGroups } from '../policy/find-unknown-names.ts';
import type { AccountSetup, AccountStaff } from '../zendesk/create-zendesk.ts';
import { namesOf } from './account-names.ts';
import { type AccountRule, isRecord, readRules, textOf } from './account-setup.ts';
import { checkBrands } from './check-brands.ts';
import { buildTranslator } from './translate-condition.ts';
import { translateRule } from './translate-rule.ts';

export interface AccountCheck {
  readonly findings: readonly LintFinding[];
  /** After how many hours an automation closes solved tickets; undefined: none does. */
  readonly closedAfterHours: number | undefined;
}

/** Pure. What the account did not show is not judged. */
export function checkAgainstAccount(policy: Policy, setup: AccountSetup, staff: AccountStaff): AccountCheck {
  const rulesOf = (kind: 'trigger' | 'automation' | 'view', records: readonly unknown[]) =>
    readRules(kind, records).rules.filter(({ active }) => active);
  const active = [...rulesOf('trigger', setup.triggers), ...rulesOf('automation', setup.automations)];
  const translate = buildTranslator(namesOf(setup), active);
  const acting = active.filter((rule) => !cannotHold(translateRule(rule, translate).proof));
  const groups = new Map(
    setup.groups
      .filter(isRecord)
      .filter(({ deleted }) => deleted !== true)
      .map((group) => [textOf(group['name']), textOf(group['id'])]),
  );
  const members = readMembers(setup, staff);
  return {
    findings: [
      ...checkGroups(policy, groups, members),
      ...checkAgents(policy, groups, members),
      ...checkBrands(policy, setup.brands),
      ...checkViews(policy, groups, rulesOf('view', setup.views)),
      ...checkWrites(policy, acting),
      ...checkQueues(policy, groups, staff.queues ?? []),
    ],
    closedAfterHours: closingHours(acting),
  };
}

/** By name. */
type GroupIds = ReadonlyMap<string, string>;

/** An agent who may still sign in. */
interface Agent {
  readonly id: string;
  readonly name: string;
}

/** Who is in a group, by the group's id; null: it is not known. */
type Members = ReadonlyMap<string, readonly Agent[]> | null;

function readMembers({ users }: AccountSetup, { memberships }: AccountStaff): Members {
  if (memberships === null) return null;
  const agents = new Map(
    users
      .filter(isRecord)
      .filter(({ suspended, active }) => suspended !== true && active !== false)
      .map((user) => [
        textOf(user['id']),
        { id: textOf(user['id']), name: textOf(user['name']) || textOf(user['id']) },
      ]),
  );
  const members = new Map<string, Agent[]>();
  for (const membership of memberships.filter(isRecord)) {
    const agent = agents.get(textOf(membership['user_id']));
    const group = textOf(membership['group_id']);
    if (agent !== undefined) members.set(group, [...(members.get(group) ?? []), agent]);
  }
  return members;
}

function checkGroups(policy: Policy, groups: GroupIds, members: Members) {
  const named = [
    ...policy.tiers.map(({ name, group }, at) => ({
      what: `tickets of the tier "${name}"`,
      group,
      path: ['tiers', at, 'group'],
    })),
    ...policy.departments.map(({ name, group }, at) => ({
      what: `tickets of the department "${name}"`,
      group,
      path: ['departments', at, 'group'],
    })),
    ...followUpGroups(policy).map(({ survey, group }) => ({
      what: `follow-ups of bad ${survey.toUpperCase()} answers`,
      group,
      path: ['surveys', survey, 'follow_up', 'group'],
    })),
  ];
  return named.flatMap(({ what, group, path }): LintFinding[] => {
    const id = groups.get(group);
    if (id === undefined)
      return [warning('group-missing', path, `Zendesk has no group "${group}", so the ${what} go to nobody`)];
    if (members === null || (members.get(id) ?? []).length > 0) return [];
    return [warning('group-empty', path, `nobody is in the group "${group}", so the ${what} wait for nobody`)];
  });
}

const SHOWN = 3;

function checkAgents({ tiers }: Policy, groups: GroupIds, members: Members): LintFinding[] {
  if (members === null) return [];
  const agentsOf = (group: string): readonly Agent[] => members.get(groups.get(group) ?? '') ?? [];
  return tiers.flatMap((tier, at) =>
    tiers.slice(0, at).flatMap((earlier): LintFinding[] => {
      if (tier.group === earlier.group) return [];
      const ids = new Set(agentsOf(earlier.group).map(({ id }) => id));
      const both = agentsOf(tier.group).filter(({ id }) => ids.has(id));
      if (both.length === 0) return [];
      const names = both
        .slice(0, SHOWN)
        .map(({ name }) => name)
        .join(', ');
      const more = both.length > SHOWN ? ` and ${both.length - SHOWN} others` : '';
      const are = both.length === 1 ? 'is' : 'are';
      return [
        warning(
          'agent-in-two-tiers',
          ['tiers', at, 'group'],
          `${names}${more} ${are} in the groups of "${earlier.name}" and "${tier.name}": limits and refunds are those of the first tier that fits`,
        ),
      ];
    }),
  );
}

/** Tickets of a tier's group that none of the policy's views can show. */
function checkViews({ tiers, views }: Policy, groups: GroupIds, found: readonly AccountRule[]): LintFinding[] {
  const managed = found.filter(({ title }) => views.some((view) => view.title === title));
  if (managed.length === 0) return [];
  return tiers.flatMap(({ name, group }, at): LintFinding[] => {
    const id = groups.get(group);
    if (id === undefined || managed.some((view) => canShow(view, id))) return [];
    return [
      warning(
        'group-in-no-view',
        ['tiers', at, 'group'],
        `none of the views of the policy shows tickets of the group "${group}", so nobody keeps those of "${name}" oldest first`,
      ),
    ];
  });
}

/** Whether the view's conditions on the group allow it. */
function canShow({ all, any }: AccountRule, groupId: string): boolean {
  const allows = ({ field, operator, value }: AccountRule['all'][number]): boolean => {
    if (field !== 'group_id' || value === 'current_groups') return true;
    return operator === 'is_not' ? value !== groupId : value === groupId;
  };
  return all.every(allows) && (any.length === 0 || any.some(allows));
}

function checkWrites({ tiers, triggers }: Policy, rules: readonly AccountRule[]): LintFinding[] {
  const canFire = ({ conditions }: Policy['triggers'][number]): boolean => !cannotHold(conditions);
  const withPriority = triggers.findIndex((one) => one.actions.priority !== undefined && canFire(one));
  const tagPlaces = new Map<string, LintFinding['path']>();
  for (const [at, one] of triggers.entries())
    for (const [index, tag] of (one.actions.add_tags ?? []).entries())
      if (!tagPlaces.has(tag) && canFire(one)) tagPlaces.set(tag, ['triggers', at, 'actions', 'add_tags', index]);
  return rules.flatMap(({ kind, id, title, actions }) => {
    const rule = `the Zendesk ${kind} "${title}" (${id})`;
    return actions.flatMap(({ field, values }): LintFinding[] => {
      const tags = values.join(' ').split(/[\s,]+/u);
      if (field === 'group_id' && tiers.length > 0)
        return [
          warning(
            'zendesk-writes-too',
            ['tiers'],
            `${rule} sets the group, as the policy does by tier: who writes last wins`,
          ),
        ];
      if (field === 'priority' && withPriority >= 0)
        return [
          warning(
            'zendesk-writes-too',
            ['triggers', withPriority, 'actions', 'priority'],
            `${rule} sets the priority, as the policy does: who writes last wins`,
          ),
        ];
      if (field === 'set_tags')
        return [
          warning('zendesk-writes-too', ['tiers'], `${rule} replaces all tags, those of category and tier among them`),
        ];
      if (field !== 'current_tags' && field !== 'remove_tags') return [];
      const ours = tags.find((tag) => /^(?:category|tier)__/.test(tag) || tagPlaces.has(tag));
      if (ours === undefined) return [];
      const does = field === 'remove_tags' ? 'removes' : 'adds';
      return [
        warning(
          'zendesk-writes-too',
          tagPlaces.get(ours) ?? ['tiers'],
          `${rule} ${does} the tag ${ours}, which the policy keeps`,
        ),
      ];
    });
  });
}

function checkQueues({ tiers }: Policy, groups: GroupIds, queues: readonly unknown[]): LintFinding[] {
  return queues.filter(isRecord).flatMap((queue) => {
    const routed = new Set(['primary_groups', 'secondary_groups'].flatMap((key) => groupIds(queue[key])));
    return tiers.flatMap(({ group }, at): LintFinding[] => {
      const id = groups.get(group);
      if (id === undefined || !routed.has(id)) return [];
      const name = textOf(queue['name']) || textOf(queue['id']);
      return [
        warning(
          'zendesk-writes-too',
          ['tiers', at, 'group'],
          `the omnichannel queue "${name}" hands out tickets of the group "${group}" by itself, in its own order`,
        ),
      ];
    });
  });
}

function groupIds(value: unknown): string[] {
  const groups = isRecord(value) ? value['groups'] : value;
  return (Array.isArray(groups) ? groups : []).map((group: unknown) => textOf(isRecord(group) ? group['id'] : group));
}

/** By the automation that closes soonest. */
function closingHours(rules: readonly AccountRule[]): number | undefined {
  const hours = rules
    .filter(({ kind, actions }) => kind === 'automation' && actions.some(closes))
    .flatMap(({ all }) => all.filter(({ field }) => /^SOLVED$/i.test(field)).map(({ value }) => Number(value)))
    .filter((value) => Number.isFinite(value) && value > 0);
  return hours.length === 0 ? undefined : Math.min(...hours);
}

const closes = ({ field, values }: { field: string; values: readonly string[] }): boolean =>
  field === 'status' && values.join('').toLowerCase() === 'closed';

const warning = (code: LintFinding['code'], path: LintFinding['path'], message: string): LintFinding => ({
  code,
  severity: 'warning',
  path,
  at: 'value',
  message,
  proof: [],
});
