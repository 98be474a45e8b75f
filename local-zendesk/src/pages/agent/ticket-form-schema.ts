// Validates the agent's form.
import { z } from 'zod';
import type { Account } from '../../account/account.ts';
import type { CustomFieldValue } from '../../account/types.ts';
import { readSeen } from './seen-ticket.ts';
import { customFieldsOf, PRIORITIES, STATUSES, TYPES } from './ticket-choices.ts';
import type { FieldValues } from './ticket-fields.ts';

const idOrNone = z
  .string()
  .regex(/^\d*$/)
  .transform((text) => (text === '' ? null : Number(text)));

const fields = {
  /** `save` submits with the status of the field; `solve` and the statuses say it themselves. */
  do: z.enum(['save', 'solve', ...STATUSES]).catch('save'),
  comment: z.string().default(''),
  public: z.enum(['yes', 'no']).catch('yes'),
  subject: z.string().max(1000).optional(),
  status: z.enum(STATUSES),
  priority: z.enum(['', ...PRIORITIES]),
  type: z.enum(['', ...TYPES]).optional(),
  group_id: idOrNone,
  assignee_id: idOrNone,
  tags: z.string(),
};

export const ticketFormSchema = z.object({
  ...fields,
  seen: z.string().transform((text, context) => {
    const seen = readSeen(text);
    if (seen === null) context.addIssue({ code: 'custom', message: 'is not what the page sent' });
    return seen ?? z.NEVER;
  }),
});

export const newTicketFormSchema = z.object({
  ...fields,
  subject: fields.subject.default(''),
  requester_email: z.email('The requester needs an e-mail address.'),
  requester_name: z.string().default(''),
});

export type CommonForm = Omit<z.infer<typeof ticketFormSchema>, 'seen'>;
export type TicketFormValues = z.infer<typeof ticketFormSchema>;
export type NewTicketFormValues = z.infer<typeof newTicketFormSchema>;

const choices = z.union([z.array(z.string()), z.string().transform((one) => [one])]).catch([]);

/** The form's custom fields (`cf_<id>`); browsers leave out an unticked checkbox, which means false, and choices of which none is made. */
export function customFieldsIn(account: Account, body: unknown): CustomFieldValue[] {
  const sent = z.record(z.string(), z.unknown()).catch({}).parse(body);
  return customFieldsOf(account).flatMap(({ id, type }): CustomFieldValue[] => {
    const value = sent[`cf_${id}`];
    if (type === 'checkbox') return [{ id, value: value === 'true' }];
    if (type === 'multiselect') return [{ id, value: choices.parse(value) }];
    return typeof value === 'string' ? [{ id, value: value === '' ? null : value }] : [];
  });
}

/** What was typed, for showing it again. */
export function typedValues(
  form: CommonForm,
  custom_fields: readonly CustomFieldValue[],
  subject: string,
): FieldValues {
  return {
    subject: form.subject ?? subject,
    status: form.status,
    priority: form.priority === '' ? null : form.priority,
    type: form.type === '' ? null : (form.type ?? null),
    group_id: form.group_id,
    assignee_id: form.assignee_id,
    tags: tagsIn(form.tags),
    custom_fields,
  };
}

export const tagsIn = (text: string): string[] => text.split(/[\s,]+/).filter((tag) => tag !== '');
