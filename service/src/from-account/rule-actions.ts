// Finds what the actions of a Zendesk rule set, and which of them a policy can express.
import { PRIORITIES, type Priority } from '@deskwright/shared';
import type { AccountNames } from './account-names.ts';
import type { AccountRule, RawAction } from './account-setup.ts';

export interface RuleActions {
  /** What it sets, by target: the last value counts. */
  readonly sets: ReadonlyMap<string, string>;
  readonly groupId: string | null;
  readonly priority: Priority | null;
  readonly tags: readonly string[];
  /** Values of custom fields, by field id. */
  readonly fields: ReadonlyMap<string, string>;
  /** Those that stay in Zendesk, with the reason. */
  readonly staying: ReadonlyArray<{ readonly action: string; readonly why: string }>;
  readonly gone: readonly string[];
}

const STAYS: ReadonlyArray<readonly [RegExp, string]> = [
  [/^notification_(?:user|group|sms)/, 'messages are sent by Zendesk'],
  [/^(?:notification_webhook|notification_target|tweet_requester)/, 'calls to other systems remain in Zendesk'],
  [/^(?:comment_value|comment_mode|rich_comment|side_conversation)/, 'comments are written by Zendesk'],
  [/^(?:status|custom_status_id)$/, 'a policy does not set the status'],
  [/^assignee_id$/, 'a policy chooses the tier, not the agent'],
  [/^remove_tags$/, 'a policy only adds tags'],
];

export function readActions({ actions }: Pick<AccountRule, 'actions'>, names: AccountNames): RuleActions {
  const sets = new Map<string, string>();
  const fields = new Map<string, string>();
  const tags: string[] = [];
  const staying: Array<{ action: string; why: string }> = [];
  const gone: string[] = [];
  let groupId: string | null = null;
  let priority: Priority | null = null;
  for (const action of actions) {
    const value = action.values.join(' ').trim();
    const customId = /^custom_fields_(\d+)$/.exec(action.field)?.[1];
    if (/^(?:status|priority|type|group_id|assignee_id|brand_id|ticket_form_id|custom_fields_\d+)$/.test(action.field))
      sets.set(action.field, value);
    if (action.field === 'group_id' && /^\d+$/.test(value)) {
      const found = names.group(value);
      if (typeof found !== 'string') groupId = value;
      else
        staying.push({
          action: describeAction(action),
          why: found === 'gone' ? 'the group does not exist any more' : 'the name of the group could not be read',
        });
      if (found === 'gone') gone.push(`group ${value}`);
    } else if (action.field === 'priority') {
      priority = PRIORITIES.find((one) => one === value.toLowerCase()) ?? null;
      if (priority === null)
        staying.push({ action: describeAction(action), why: 'a policy does not take a priority away' });
    } else if (action.field === 'current_tags' || action.field === 'set_tags') {
      tags.push(...value.split(/[\s,]+/u).filter((tag) => tag !== ''));
      if (action.field === 'set_tags')
        staying.push({
          action: describeAction(action),
          why: 'it replaces all tags; the policy adds these to the others',
        });
    } else if (customId !== undefined) {
      fields.set(customId, value);
      if (names.field(customId) === 'gone') gone.push(`ticket field ${customId}`);
    } else {
      const [, why] = STAYS.find(([pattern]) => pattern.test(action.field)) ?? [];
      staying.push({ action: describeAction(action), why: why ?? 'a policy has no such action' });
    }
  }
  return { sets, groupId, priority, tags: [...new Set(tags)], fields, staying, gone: [...new Set(gone)] };
}

/** The field, and the value unless it is a text for people. */
function describeAction({ field, values }: RawAction): string {
  const value = values.length === 1 ? (values[0] ?? '') : '';
  return /^(?:notification|comment|rich_comment|side_conversation)/.test(field) || value === ''
    ? field
    : `${field} ${value.slice(0, 60)}`;
}
