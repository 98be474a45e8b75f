// What does an escalation or hand-off ask of the agent?
import type { Policy } from '@deskwright/shared';
import type { FormField } from '@deskwright/shared/contract';

export function formFields(fields: Policy['escalation']['fields']): FormField[] {
  return fields.map(({ id, label, hint, required }) => ({ id, label, hint: hint ?? null, required }));
}
