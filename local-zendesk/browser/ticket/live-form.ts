// Reads and writes the ticket's form on the page.
import { ApiError } from '../host/api.ts';
import type { PageData } from '../page-data.d.ts';
import { type Change, changesBetween, type FormValues } from './form-values.ts';

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

export interface LiveForm {
  values(): FormValues;
  /** Sets one control as if the agent had typed; a list selects several options. @throws ApiError if there is no such control or option. */
  write(name: string, value: string | readonly string[]): void;
  writePublic(isPublic: boolean): void;
  control(name: string): Control | null;
  /** The form differs from what was last shown or saved. */
  isDirty(): boolean;
  /** Marks the current values as saved. */
  settle(): void;
  onChange(listener: (changes: readonly Change[]) => void): void;
}

/** Looks up controls on each use, because the form is replaced after a save. */
export function createLiveForm(data: () => PageData): LiveForm {
  const listeners: ((changes: readonly Change[]) => void)[] = [];
  const control = (name: string): Control | null => {
    const element = document.querySelector(`#${CSS.escape(name)}`);
    const isControl =
      element instanceof HTMLInputElement ||
      element instanceof HTMLSelectElement ||
      element instanceof HTMLTextAreaElement;
    return isControl ? element : null;
  };

  const values = (): FormValues => {
    const saved = data().ticket?.saved;
    const text = (name: string, fallback: string | null | undefined): string => control(name)?.value ?? fallback ?? '';
    const idOf = (name: string, fallback: number | null | undefined): number | null => {
      const id = text(name, fallback == null ? null : String(fallback));
      return id === '' ? null : Number(id);
    };
    const tags = control('tags')
      ?.value.split(/[\s,]+/)
      .filter((tag) => tag !== '');
    const isNote = document.querySelector<HTMLInputElement>('input[name=public][value=no]')?.checked === true;
    return {
      subject: text('subject', saved?.subject),
      status: text('status', saved?.status),
      priority: text('priority', saved?.priority) || null,
      type: text('type', saved?.type) || null,
      groupId: idOf('group_id', saved?.groupId),
      assigneeId: idOf('assignee_id', saved?.assigneeId),
      tags: tags ?? saved?.tags ?? [],
      commentText: text('comment', ''),
      commentType: isNote ? 'internalNote' : 'publicReply',
      customFields: customFields(),
    };
  };

  const customFields = () => {
    const fields = { ...data().ticket?.saved.customFields };
    for (const { name } of data().fields) {
      const id = /^custom_field_(\d+)$/.exec(name)?.[1];
      const element = id === undefined ? null : control(`cf_${id}`);
      if (id === undefined || element === null) continue;
      fields[id] = valueOf(element);
    }
    return fields;
  };

  let last = values();
  let settled = last;
  const look = () => {
    const now = values();
    const changes = changesBetween(last, now);
    last = now;
    if (changes.length > 0) for (const listener of listeners) listener(changes);
  };
  document.addEventListener('input', look);
  document.addEventListener('change', look);

  return {
    values,
    control,
    write: (name, value) => {
      const element = control(name);
      if (element === null) throw new ApiError('This ticket cannot be changed.');
      if (element instanceof HTMLSelectElement) choose(element, value);
      else if (typeof value !== 'string') throw new ApiError('The value must be text.');
      else if (element instanceof HTMLInputElement && element.type === 'checkbox') element.checked = value === 'true';
      else element.value = value;
      element.dispatchEvent(new Event('input', { bubbles: true }));
    },
    writePublic: (isPublic) => {
      const radio = document.querySelector<HTMLInputElement>(`input[name=public][value=${isPublic ? 'yes' : 'no'}]`);
      if (radio === null) throw new ApiError('This ticket cannot be changed.');
      radio.checked = true;
      radio.dispatchEvent(new Event('input', { bubbles: true }));
    },
    isDirty: () => changesBetween(settled, values()).some(({ propertyName }) => propertyName !== 'comment.type'),
    settle: () => {
      look();
      settled = last;
    },
    onChange: (listener) => void listeners.push(listener),
  };
}

function valueOf(element: Control): string | boolean | readonly string[] | null {
  if (element instanceof HTMLInputElement && element.type === 'checkbox') return element.checked;
  if (element instanceof HTMLSelectElement && element.multiple) {
    return [...element.selectedOptions].map(({ value }) => value);
  }
  return element.value === '' ? null : element.value;
}

/** In a multi-select, an empty text selects nothing. */
function choose(select: HTMLSelectElement, value: string | readonly string[]) {
  const wanted = typeof value !== 'string' ? value : value === '' && select.multiple ? [] : [value];
  const options = [...select.options];
  const strange = wanted.find((one) => !options.some((option) => option.value === one));
  if (strange !== undefined) throw new ApiError(`"${strange}" is not a choice.`);
  if (select.multiple) for (const option of options) option.selected = wanted.includes(option.value);
  else if (wanted.length === 1) select.value = wanted[0] ?? '';
  else throw new ApiError('Only one can be chosen.');
}
