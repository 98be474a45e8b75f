// Which fields have apps hidden or locked?
import { type Found, found, walk } from '../host/api.ts';
import type { FieldData } from '../page-data.d.ts';

export interface FieldStates {
  get(path: string): Found;
  invoke(path: string): Found;
  /** Again, on a form that was replaced. */
  apply(): void;
}

const PATH = /^ticketFields:(\w+)(?:\.(.+))?$/;

export function createFieldStates(fields: () => readonly FieldData[]): FieldStates {
  const hidden = new Set<string>();
  const locked = new Set<string>();
  const described = (field: FieldData) => ({
    name: field.name,
    label: field.label,
    type: field.type,
    isVisible: !hidden.has(field.name),
    isEnabled: !locked.has(field.name),
    optionValues: field.options,
  });
  const apply = () => {
    for (const place of document.querySelectorAll<HTMLElement>('[data-field]')) {
      const name = place.dataset['field'] ?? '';
      place.hidden = hidden.has(name);
      for (const control of place.querySelectorAll<HTMLInputElement>('input, select, textarea')) {
        control.disabled = locked.has(name);
      }
    }
  };
  const wishes: Readonly<Record<string, (name: string) => unknown>> = {
    hide: (name) => hidden.add(name),
    show: (name) => hidden.delete(name),
    disable: (name) => locked.add(name),
    enable: (name) => locked.delete(name),
  };
  return {
    apply,
    get: (path) => {
      if (path === 'ticketFields') return found(fields().map(described));
      const [, name, rest] = PATH.exec(path) ?? [];
      const field = fields().find((one) => one.name === name);
      return field === undefined ? undefined : walk(described(field), rest?.split('.') ?? []);
    },
    invoke: (path) => {
      const [, name = '', wish = ''] = PATH.exec(path) ?? [];
      const act = Object.hasOwn(wishes, wish) ? wishes[wish] : undefined;
      if (act === undefined || !fields().some((one) => one.name === name)) return undefined;
      act(name);
      apply();
      return found(null);
    },
  };
}
