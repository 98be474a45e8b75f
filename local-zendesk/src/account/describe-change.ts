// Describes a change for the admin log.

const print = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null));

const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One phrase per changed property, nested ones by their inner name: `sort_order changed from desc to asc`. */
export function describeChange(before: object, after: object): string {
  const old: Record<string, unknown> = { ...before };
  const phrases: string[] = [];
  for (const [key, value] of Object.entries(after)) {
    const was = old[key];
    if (key === 'updated_at' || print(was) === print(value)) continue;
    if (isGroup(was) && isGroup(value)) phrases.push(describeChange(was, value));
    else phrases.push(`${key} changed from ${print(was)} to ${print(value)}`);
  }
  return phrases.join('; ');
}
