// Fills in a text that the policy writes, in ICU MessageFormat.
import { IntlMessageFormat } from 'intl-messageformat';

type TextValues = Readonly<Record<string, string | number>>;

/**
 * `text` in ICU MessageFormat, plurals included: `{length, plural, one {# character} other {# characters}}`. Apostrophes are ordinary
 * characters here, because French and English need them beside braces. `numbers`: names that stand for numbers, which are written as
 * `language` (BCP 47) writes them. Throws SyntaxError on a text that `findTextMistake` refuses.
 */
export function compileText(
  text: string,
  language: string,
  numbers: readonly string[] = [],
): (values: TextValues) => string {
  const message = parse(text, language, numbers);
  return (values) => String(message.format(values));
}

/** What is wrong with a text that may name only `names`, as an operator reads it; null: nothing. */
export function findTextMistake(text: string, names: readonly string[]): string | null {
  let message: IntlMessageFormat;
  try {
    message = parse(text, 'en', []);
  } catch (error) {
    return `has braces that do not fit together (${explain(error)}); write {name} or ICU plurals`;
  }
  const unknown = [...namesIn(message.getAst())].find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const known = names.map((name) => `{${name}}`).join(', ');
    return `names {${unknown}}, which is not filled in here; ${known === '' ? 'nothing is' : `it may hold ${known}`}`;
  }
  try {
    message.format(Object.fromEntries(names.map((name) => [name, 'x'])));
    return null;
  } catch (error) {
    return `cannot be filled in (${explain(error)})`;
  }
}

const parse = (text: string, language: string, numbers: readonly string[]) =>
  new IntlMessageFormat(
    numbers.reduce((written, name) => written.replaceAll(`{${name}}`, `{${name}, number}`), text).replaceAll("'", "''"),
    language,
    undefined,
    { ignoreTag: true },
  );

type Elements = ReturnType<IntlMessageFormat['getAst']>;

/** Also of branches that a value does not choose. */
function namesIn(elements: Elements): Set<string> {
  const names = new Set<string>();
  for (const element of elements) {
    if (!('value' in element) || isWords(element)) continue;
    names.add(element.value);
    if (!('options' in element)) continue;
    for (const { value } of Object.values(element.options)) for (const name of namesIn(value)) names.add(name);
  }
  return names;
}

/** `TYPE.literal` of the parser. */
const isWords = ({ type }: Elements[number]): boolean => Object.is(type, 0);

const explain = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).toLowerCase().replaceAll('_', ' ');
