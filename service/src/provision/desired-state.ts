// Computes from the policy what the account should have. Pure.
import type { Policy } from '@deskwright/shared';
import { EVENT_TYPES } from '../tickets/index.ts';
import { isInOrder, nameOfView, orderedLike, type ViewSorting } from '../views/index.ts';
import type { ObjectKind, RawObject } from '../zendesk/account-objects.ts';
import { markOf } from './kinds.ts';
import type { Values } from './plan.ts';

export interface DesiredObject {
  key: string;
  kind: ObjectKind;
  name: string;
  /**
   * `use`: it must exist, and somebody else's will do. `own`: it must be ours. `take`: somebody else's becomes ours, as only this service
   * can need it. `part`: it must exist, and we set only these values.
   */
  how: 'use' | 'own' | 'take' | 'part';
  /** What it should have, given what it has; `current` null: it is to be created. */
  want: (current: Values | null) => Values;
  /** Whether somebody else's object stands for it. */
  matches: (raw: RawObject) => boolean;
  /** Tags that no other field may use. */
  tags?: readonly string[];
  /** False: deviations are reported, never changed. */
  enforce: boolean;
}

export interface DesiredState {
  objects: DesiredObject[];
  /** Keys about which nothing can be said now, and why: what we have there stays. */
  unknown: { key: string; reason: string }[];
}

const WEBHOOK_KEY = 'webhook/events';

/** @param publicUrl where Zendesk reaches the service; null: not known here */
export function desiredState(policy: Policy, publicUrl: string | null): DesiredState {
  const objects = [...groups(policy), ...fields(policy)];
  const unknown: DesiredState['unknown'] = [];
  if (policy.mode === 'observe')
    for (const view of policy.views)
      unknown.push({
        key: `view/${nameOfView(view)}`,
        reason: 'The policy says `mode: observe`, so the order of views stays as it is.',
      });
  else objects.push(...policy.views.map(viewOrder));
  if (publicUrl === null)
    unknown.push({ key: WEBHOOK_KEY, reason: 'PUBLIC_URL is not set, so the webhook was not compared.' });
  else objects.push(desiredWebhook(`${publicUrl}/webhooks/zendesk`));
  return { objects, unknown };
}

function groups({ tiers, departments }: Policy): DesiredObject[] {
  const named = [
    ...tiers.map(({ id, name, group }) => ({ key: `group/tier/${id}`, group, of: `tier ${name}` })),
    ...departments.map(({ id, name, group }) => ({ key: `group/department/${id}`, group, of: `department ${name}` })),
  ];
  const taken = new Set<string>();
  return named.flatMap(({ key, group, of }): DesiredObject[] => {
    if (taken.has(group)) return [];
    taken.add(group);
    const description = `${of.charAt(0).toUpperCase()}${of.slice(1)}, from Deskwright's policy. ${markOf(key)}`;
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

const UNSORTED: ViewSorting = { group_by: null, group_order: null, sort_by: null, sort_order: null };

function viewOrder(view: Policy['views'][number]): DesiredObject {
  const name = nameOfView(view);
  return {
    key: `view/${name}`,
    kind: 'view',
    name,
    how: 'part',
    want: (current) => {
      const execution = { ...UNSORTED, ...(current as Partial<ViewSorting> | null) };
      return current && isInOrder({ execution }, view.order) ? current : orderedLike(execution, view.order);
    },
    matches: (raw) =>
      raw['active'] !== false && (view.id === undefined ? raw['title'] === view.title : raw.id === view.id),
    enforce: view.keep === 'enforce',
  };
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
