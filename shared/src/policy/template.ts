// Finds and fills the placeholders of a tool's request: {{customer.email}}.

const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** Where the values of placeholders come from, other than the agent's inputs and the secret. */
export const SOURCES = [
  'customer.email',
  'customer.id',
  'customer.name',
  'ticket.id',
  'agent.id',
  'agent.email',
] as const;

/** The names, in order: `input.order`. */
export function placeholdersOf(template: string): string[] {
  return [...template.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
}

export function fillTemplate(template: string, value: (name: string) => string): string {
  return template.replace(PLACEHOLDER, (_whole, name: string) => value(name));
}

/** Every text inside a JSON value, with its path. */
export function textsIn(
  json: unknown,
  path: readonly (string | number)[] = [],
): { text: string; path: (string | number)[] }[] {
  if (typeof json === 'string') return [{ text: json, path: [...path] }];
  if (Array.isArray(json)) return json.flatMap((each, at) => textsIn(each, [...path, at]));
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([key, each]) => textsIn(each, [...path, key]));
}

/** The JSON value with each text replaced. */
export function mapTexts(json: unknown, change: (text: string) => string): unknown {
  if (typeof json === 'string') return change(json);
  if (Array.isArray(json)) return json.map((each: unknown) => mapTexts(each, change));
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(Object.entries(json).map(([key, each]) => [key, mapTexts(each, change)]));
}
