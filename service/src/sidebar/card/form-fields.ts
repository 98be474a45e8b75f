// Lists the form fields of an escalation or hand-off.
import type { Policy } from '@deskwright/shared';
import type { FormField } from '@deskwright/shared/contract';

export function formFields(fields: Policy['escalation']['fields']): FormField[] {
  return fields.map(({ id, label, hint, required }) => ({ id, label, hint: hint ?? null, required }));
}
