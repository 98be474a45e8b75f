// Validates an escalation's form against the policy.
import type { Policy } from '@deskwright/shared';
import { type Refused, refuse } from './action-result.ts';

export type Form = Policy['escalation']['fields'];
export type Said = { label: string; text: string }[];

/** Characters per field. */
const LONGEST_TEXT = 5_000;
/** Zendesk accepts 64 kB per comment, and a character has up to four bytes. */
const LONGEST_FORM = 15_000;

/** The answers in the form's order, trimmed, without empty ones. */
export function readForm(form: Form, fields: Readonly<Record<string, string>>): Said | Refused {
  const asked = new Set(form.map(({ id }) => id));
  const unknown = Object.keys(fields).filter((id) => !asked.has(id));
  if (unknown.length > 0)
    return refuse('bad_request', 'The form has changed and no longer has this field. Open it again.', {
      fields: unknown,
    });

  const texts = new Map(Object.entries(fields).map(([id, text]) => [id, clean(text)]));
  const tooLong = [...texts].filter(([, text]) => text.length > LONGEST_TEXT).map(([id]) => id);
  if (tooLong.length > 0)
    return refuse('bad_request', `Each answer may have ${LONGEST_TEXT.toLocaleString('en')} characters.`, {
      fields: tooLong,
    });
  const total = [...texts.values()].reduce((sum, text) => sum + text.length, 0);
  if (total > LONGEST_FORM)
    return refuse('bad_request', `All answers together may have ${LONGEST_FORM.toLocaleString('en')} characters.`);

  const missing = form.filter(({ id, required }) => required && !texts.get(id)).map(({ id }) => id);
  if (missing.length > 0) return refuse('fields_missing', 'Please fill in every required field.', { fields: missing });
  return form.flatMap(({ id, label }) => {
    const text = texts.get(id);
    return text ? [{ label, text }] : [];
  });
}

/** PostgreSQL stores neither NUL nor unpaired surrogates. */
function clean(text: string): string {
  return text.replaceAll('\0', '').toWellFormed().replaceAll('\r\n', '\n').trim();
}
