// Keeps tags and the fields that set tags consistent.
import type { FieldValue } from '../audit.ts';
import type { TicketField } from '../ticket-schema.ts';
import type { CustomFieldValue, Via } from '../types.ts';
import { normaliseTags } from '../values.ts';
import { addEvent, type Draft, setField } from './draft.ts';
import type { TicketDeps } from './ticket-deps.ts';

type Value = CustomFieldValue['value'];

/** The tags of a field's value: taggers and multiselects by value, ticked checkboxes by their tag. */
function tagsOfField(field: TicketField, value: Value): readonly string[] {
  switch (field.type) {
    case 'tagger':
      return typeof value === 'string' && value !== '' ? [value] : [];
    case 'multiselect':
      return Array.isArray(value) ? value : [];
    case 'checkbox':
      return value === true && field.tag !== null ? [field.tag] : [];
    default:
      return [];
  }
}

/** What a tag-speaking field says when the ticket carries these tags; undefined for all other fields. */
function valueFromTags(field: TicketField, tags: ReadonlySet<string>, current: Value): Value | undefined {
  const present = field.custom_field_options.map((option) => option.value).filter((value) => tags.has(value));
  switch (field.type) {
    case 'tagger':
      return typeof current === 'string' && tags.has(current) ? current : (present[0] ?? null);
    case 'multiselect':
      return present;
    case 'checkbox':
      return field.tag === null ? undefined : tags.has(field.tag);
    default:
      return undefined;
  }
}

export const customFieldOf = (draft: Draft, id: number): Value =>
  draft.ticket.custom_fields.find((one) => one.id === id)?.value ?? null;

const isEmpty = (value: Value): boolean =>
  value === null || value === false || value === '' || (Array.isArray(value) && value.length === 0);

function writeCustomField(deps: TicketDeps, draft: Draft, id: number, value: Value, via?: Via): void {
  const previous = customFieldOf(draft, id);
  const same =
    isEmpty(previous) && isEmpty(value) ? previous === value : JSON.stringify(previous) === JSON.stringify(value);
  if (same) return;
  draft.ticket.custom_fields = [...draft.ticket.custom_fields.filter((one) => one.id !== id), { id, value }];
  if (draft.silent || (isEmpty(previous) && isEmpty(value))) return;
  addEvent(deps.core, draft, {
    type: 'Change',
    field_name: String(id),
    value: value as FieldValue,
    previous_value: previous as FieldValue,
    ...(via && { via }),
  });
}

/** Puts exactly these tags on the ticket and lets dropdowns, multiselects and checkboxes follow. */
export function setTags(deps: TicketDeps, draft: Draft, tags: readonly string[], via?: Via): void {
  const next = normaliseTags(tags);
  if (!setField(deps.core, draft, 'tags', next, via)) return;
  const set = new Set(next);
  for (const field of deps.fields.list()) {
    const current = customFieldOf(draft, field.id);
    const value = valueFromTags(field, set, current);
    if (value !== undefined) writeCustomField(deps, draft, field.id, value, via);
  }
}

/** Sets one custom field; its old tags leave the ticket, its new ones come. The value is already checked. */
export function setCustomField(deps: TicketDeps, draft: Draft, field: TicketField, value: Value, via?: Via): void {
  const leaving = new Set(tagsOfField(field, customFieldOf(draft, field.id)));
  writeCustomField(deps, draft, field.id, value, via);
  const coming = tagsOfField(field, value);
  if (leaving.size === 0 && coming.length === 0) return;
  const kept = draft.ticket.tags.filter((tag) => !leaving.has(tag));
  setField(deps.core, draft, 'tags', normaliseTags([...kept, ...coming]), via);
}
