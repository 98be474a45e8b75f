// Keeps which fields and options apps have hidden or locked.
import { type Found, found, walk } from '../host/api.ts';
import type { FieldData } from '../page-data.d.ts';

export interface FieldStates {
  get(path: string): Found;
  invoke(path: string): Found;
  /** Applies the states again to a form that was replaced. */
  apply(): void;
}

const PATH = /^ticketFields:(\w+)(?:\.(.+))?$/;
/** `ticketFields:status.hide`, `ticketFields:status.optionValues.2.hide`. */
const COMMAND = /^ticketFields:(\w+)(?:\.optionValues\.(\d+))?\.(\w+)$/;

const keyOf = (field: string, choice?: string): string => (choice === undefined ? field : `${field} ${choice}`);

export function createFieldStates(fields: () => readonly FieldData[]): FieldStates {
  const hidden = new Set<string>();
  const locked = new Set<string>();
  const state = (key: string) => ({ isVisible: !hidden.has(key), isEnabled: !locked.has(key) });
  const described = ({ name, label, type, options }: FieldData) => ({
    name,
    label,
    type,
    ...state(name),
    optionValues: options.map((option) => ({ ...option, ...state(keyOf(name, option.value)) })),
  });
  const apply = () => {
    for (const place of document.querySelectorAll<HTMLElement>('[data-field]')) {
      const name = place.dataset['field'] ?? '';
      place.hidden = hidden.has(name);
      for (const control of place.querySelectorAll<HTMLInputElement>('input, select, textarea')) {
        control.disabled = locked.has(name);
      }
      for (const option of place.querySelectorAll('option')) {
        option.hidden = hidden.has(keyOf(name, option.value));
        option.disabled = locked.has(keyOf(name, option.value));
      }
    }
  };
  const commands: Readonly<Record<string, (key: string) => unknown>> = {
    hide: (key) => hidden.add(key),
    show: (key) => hidden.delete(key),
    disable: (key) => locked.add(key),
    enable: (key) => locked.delete(key),
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
      const [, name = '', index, command = ''] = COMMAND.exec(path) ?? [];
      const act = Object.hasOwn(commands, command) ? commands[command] : undefined;
      const field = fields().find((one) => one.name === name);
      const choice = index === undefined ? undefined : field?.options[Number(index)]?.value;
      if (act === undefined || field === undefined || (index !== undefined && choice === undefined)) return undefined;
      act(keyOf(name, choice));
      apply();
      return found(null);
    },
  };
}
