// Sets up the views, triggers, macros and ticket fields of Northwind Outdoor.
import type { Account } from '../account/account.ts';
import { expectOk } from '../account/result.ts';
import type { Condition, ViewInput } from '../account/rules.ts';
import type { People } from './seed-people.ts';

export interface Fields {
  productLine: number;
  orderNumber: number;
  gift: number;
}

const is = (field: string, value: string): Condition => ({ field, operator: 'is', value });
const unsolved: Condition = { field: 'status', operator: 'less_than', value: 'solved' };

/** Somebody once sorted nearly all of them newest first: that is what Deskwright puts right. */
export function seedViews(account: Account, people: People, at: number): void {
  const groupIs = (name: string) => is('group_id', String(people.groups.get(name)?.id ?? ''));
  const columns = ['status', 'description', 'requester', 'created', 'group', 'assignee', 'priority'];
  const newestFirst = { columns, group_by: null, sort_by: 'created', sort_order: 'desc' } as const;
  const views: ViewInput[] = [
    { title: 'Unassigned', all: [unsolved, is('assignee_id', '')], output: newestFirst },
    { title: 'All open', all: [unsolved], output: newestFirst },
    { title: 'Pending', all: [is('status', 'pending')], output: { ...newestFirst, sort_by: 'updated' } },
    { title: 'Tier 1 queue', all: [unsolved, groupIs('Support Tier 1')], output: newestFirst },
    { title: 'Tier 2 queue', all: [unsolved, groupIs('Support Tier 2')], output: newestFirst },
    {
      title: 'Recently solved',
      all: [is('status', 'solved'), { field: 'SOLVED', operator: 'less_than', value: '168' }],
      output: { ...newestFirst, sort_by: 'updated' },
    },
  ];
  views.forEach(
    (view, position) => void expectOk(account.views.create({ ...view, position }, { id: account.ownerId, at })),
  );
}

export function seedFields(account: Account, at: number): Fields {
  const by = { id: account.ownerId, at };
  const lines = ['Tents', 'Footwear', 'Clothing', 'Packs', 'Equipment'];
  const productLine = account.ticketFields.create(
    {
      type: 'tagger',
      title: 'Product line',
      custom_field_options: lines.map((name) => ({ name, value: `product_${name.toLowerCase()}` })),
    },
    by,
  );
  const orderNumber = account.ticketFields.create({ type: 'text', title: 'Order number' }, by);
  const gift = account.ticketFields.create({ type: 'checkbox', title: 'Gift order', tag: 'gift_order' }, by);
  return { productLine: expectOk(productLine).id, orderNumber: expectOk(orderNumber).id, gift: expectOk(gift).id };
}

export function seedTriggers(account: Account, people: People, at: number): void {
  const by = { id: account.ownerId, at };
  const [scouts = 0, , rescue = 0] = people.organizationIds;
  const triggers = [
    {
      title: 'Tag VIP organizations',
      conditions: {
        all: [is('update_type', 'Create')],
        any: [is('organization_id', String(scouts)), is('organization_id', String(rescue))],
      },
      actions: [{ field: 'current_tags', value: 'vip' }],
    },
    {
      title: 'Tell the requester that we have it',
      conditions: { all: [is('update_type', 'Create'), { field: 'status', operator: 'is_not', value: 'solved' }] },
      actions: [
        {
          field: 'notification_user',
          value: [
            'requester_id',
            'We got your message ({{ticket.id}})',
            'Hi {{ticket.requester.first_name}}, thank you for writing. Somebody will answer soon.',
          ],
        },
      ],
    },
    {
      title: 'Tell the assignee',
      conditions: { all: [{ field: 'assignee_id', operator: 'changed', value: null }, unsolved] },
      actions: [{ field: 'notification_user', value: ['assignee_id', 'Yours: {{ticket.title}}', '{{ticket.link}}'] }],
    },
  ];
  for (const trigger of triggers) expectOk(account.triggers.create(trigger, by));
}

export function seedMacros(account: Account, at: number): void {
  const by = { id: account.ownerId, at };
  const reply = (text: string) => ({ field: 'comment_value', value: text });
  const macros = [
    {
      title: 'Ask for a photo',
      actions: [
        reply('Hi {{ticket.requester.first_name}}, could you send us a photo of it, please?'),
        { field: 'status', value: 'pending' },
      ],
    },
    {
      title: 'Return label is on its way',
      actions: [
        reply('Hi {{ticket.requester.first_name}}, you will get a return label by mail within the hour.'),
        { field: 'current_tags', value: 'return_label' },
        { field: 'status', value: 'solved' },
      ],
    },
    {
      title: 'Take it',
      actions: [
        { field: 'assignee_id', value: 'current_user' },
        { field: 'status', value: 'open' },
      ],
    },
  ];
  for (const macro of macros) expectOk(account.macros.create(macro, by));
}
