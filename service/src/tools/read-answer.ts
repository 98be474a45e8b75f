// Reads from an answer what the policy shows of it.
import { cutGraphemes } from '@deskwright/shared';
import { readFromAnswer, writeJson } from './answer-json.ts';
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
    const values = readFromAnswer(path, json)
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
  return cutGraphemes(storable(writeJson(value)), LONGEST_VALUE);
}
