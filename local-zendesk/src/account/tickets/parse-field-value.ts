// Validates the value of a custom field.
import type { TicketField } from '../ticket-schema.ts';
import type { CustomFieldValue } from '../types.ts';

type Value = CustomFieldValue['value'];

const asTrue = new Set<unknown>([true, 'true', '1', 1]);

function parsePattern(value: Value, pattern: RegExp): Value | undefined {
  const text = String(value).trim();
  return pattern.test(text) ? text : undefined;
}

/** The value as it is stored, or undefined when the field refuses it. Null and '' empty every field. */
export function parseFieldValue(field: TicketField, value: Value): Value | undefined {
  if (field.type === 'checkbox') return asTrue.has(value);
  if (value === null || value === '') return field.type === 'multiselect' ? [] : null;
  const known = new Set(field.custom_field_options.map((option) => option.value));
  switch (field.type) {
    case 'tagger':
      return typeof value === 'string' && known.has(value) ? value : undefined;
    case 'multiselect':
      return Array.isArray(value) && value.every((one) => known.has(one)) ? value : undefined;
    case 'integer': {
      const text = parsePattern(value, /^-?\d+$/);
      return text === undefined ? undefined : Number(text);
    }
    case 'decimal':
      return parsePattern(value, /^-?\d+([.,]\d+)?$/);
    case 'date':
      return parsePattern(value, /^\d{4}-\d{2}-\d{2}/);
    case 'regexp':
      return parsePattern(value, new RegExp(field.regexp_for_validation ?? ''));
    default:
      return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  }
}
