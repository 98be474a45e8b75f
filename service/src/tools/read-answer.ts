// Reads from an answer what the policy shows of it.
import { cutGraphemes, readJsonPath } from '@deskwright/shared';
import type { Tool } from './tool.ts';

export interface ShownField {
  readonly label: string;
  readonly values: readonly string[];
}

/** Of one field. */
const MOST_VALUES = 20;
/** Characters. */
const LONGEST_VALUE = 500;

/** Fields without a value are left out. */
export function readAnswer({ show }: Pick<Tool, 'show'>, json: unknown): ShownField[] {
  return show.flatMap(({ label, path }) => {
    const values = readJsonPath(path, json)
      .flat()
      .flatMap((value) => writeValue(value) ?? [])
      .slice(0, MOST_VALUES);
    return values.length === 0 ? [] : [{ label, values }];
  });
}

/** PostgreSQL, which keeps the ticket's note until it is written, stores neither NUL nor unpaired surrogates. */
const storable = (text: string): string => text.replaceAll('\u0000', '').toWellFormed();

/** Null: there is nothing to show. */
function writeValue(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return cutGraphemes(storable(text), LONGEST_VALUE);
}
