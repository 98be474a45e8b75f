// Computes from the policy what the account should have. Pure.
import type { Policy } from '@deskwright/shared';
import { followUpGroups } from '../policy/find-unknown-names.ts';
import type { GuidanceByCategory } from '../policy/guidance/guidance.ts';
import { EVENT_TYPES } from '../tickets/index.ts';
import { desiredMacros } from './desired-macros.ts';
import type { DesiredObject, DesiredState } from './desired-object.ts';
import { desiredView, keyOfView } from './desired-views.ts';
import { type AccountState, findObject } from './find-objects.ts';
import { markOf } from './kinds.ts';
import { idOf, idOfNew, type ObjectRecord } from './plan.ts';

const WEBHOOK_KEY = 'webhook/events';

export interface Circumstances {
  /** Where Zendesk reaches the service; null: not known here. */
  publicUrl: string | null;
  account: AccountState;
  /** What is ours, by key. */
  records: ReadonlyMap<string, ObjectRecord>;
  /** Null: not read, and what it says of macros is not known. */
  guidance: GuidanceByCategory | null;
}

export function desiredState(policy: Policy, { publicUrl, account, records, guidance }: Circumstances): DesiredState {
  const teams = groups(policy);
  const objects = [...teams, ...fields(policy)];
  const unknown: DesiredState['unknown'] = [];
  const groupIdOf = (name: string): string | null => {
    const desired = teams.find((each) => each.name === name);
    if (!desired) return idOfNamed(account, name);
    const { found } = findObject(desired, account, records, (key) => teams.some((each) => each.key === key));
    return found ? idOf(found.raw) : idOfNew(desired.key);
  };
  if (policy.mode === 'observe')
    for (const view of policy.views)
      unknown.push({ key: keyOfView(view), reason: 'The policy says `mode: observe`, so views stay as they are.' });
  else objects.push(...policy.views.map((view) => desiredView(view, policy, { views: account.view, groupIdOf })));
  if (policy.zendesk.macros === 'from_guidance' && guidance)
    objects.push(...desiredMacros(policy, guidance, groupIdOf));
  if (publicUrl === null)
    unknown.push({ key: WEBHOOK_KEY, reason: 'PUBLIC_URL is not set, so the webhook was not compared.' });
  else objects.push(desiredWebhook(`${publicUrl}/webhooks/zendesk`));
  return { objects, unknown };
}

function idOfNamed({ group }: AccountState, name: string): string | null {
  const found = group.find((raw) => raw['name'] === name && raw['deleted'] !== true);
  return found ? idOf(found) : null;
}

function groups(policy: Policy): DesiredObject[] {
  const { tiers, departments } = policy;
  const named = [
    ...tiers.map(({ id, name, group }) => ({ key: `group/tier/${id}`, group, of: `the tier "${name}"` })),
    ...departments.map(({ id, name, group }) => ({
      key: `group/department/${id}`,
      group,
      of: `the department "${name}"`,
    })),
    ...followUpGroups(policy).map(({ survey, group }) => ({
      key: `group/follow-up/${survey}`,
      group,
      of: `follow-ups of ${survey.toUpperCase()}`,
    })),
  ];
  const taken = new Set<string>();
  return named.flatMap(({ key, group, of }): DesiredObject[] => {
    if (taken.has(group)) return [];
    taken.add(group);
    const description = `For ${of}, from Deskwright's policy. ${markOf(key)}`;
    return [
      {
        key,
        kind: 'group',
        name: group,
        how: 'use',
        want: () => ({ name: group, description }),
        matches: (raw) => raw['name'] === group && raw['deleted'] !== true,
        enforce: true,
      },
    ];
  });
}

/** Drop-down fields whose options are our tags: Zendesk fills the field from the tag, so that its reports can group by it. */
function fields({ tiers, categories, zendesk }: Policy): DesiredObject[] {
  const dropDown = (name: string, title: string, choices: readonly { id: string; name: string }[]): DesiredObject => {
    const key = `ticket_field/${name}`;
    const options = choices.map((choice) => ({ name: choice.name, value: `${name}__${choice.id}` }));
    return {
      key,
      kind: 'ticket_field',
      name: title,
      how: 'own',
      want: () => ({
        type: 'tagger',
        title,
        description: `Set by Deskwright from the ticket's tag, for reports. ${markOf(key)}`,
        active: true,
        custom_field_options: options,
      }),
      matches: (raw) => raw['title'] === title,
      tags: options.map(({ value }) => value),
      enforce: true,
    };
  };
  return [dropDown('category', zendesk.category_field, categories), dropDown('tier', zendesk.tier_field, tiers)];
}

/** One webhook for all events; event types that somebody added to it stay. */
export function desiredWebhook(endpoint: string): DesiredObject {
  return {
    key: WEBHOOK_KEY,
    kind: 'webhook',
    name: 'Deskwright',
    how: 'take',
    want: (current) => ({
      ...(current
        ? {}
        : { name: 'Deskwright', description: `Sends ticket events to Deskwright. ${markOf(WEBHOOK_KEY)}` }),
      endpoint,
      status: 'active',
      http_method: 'POST',
      request_format: 'json',
      subscriptions: [...new Set([...((current?.['subscriptions'] ?? []) as string[]), ...EVENT_TYPES])],
    }),
    // Only this service answers at the address. A webhook for Zendesk triggers cannot receive events.
    matches: (raw) =>
      raw['endpoint'] === endpoint && !(raw['subscriptions'] as string[]).includes('conditional_ticket_events'),
    enforce: true,
  };
}
