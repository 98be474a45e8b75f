/** @jest-environment node */
// Does every language have every text, with the same placeholders and all its plural forms?
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import de from '../../translations/de.json';
import en from '../../translations/en.json';
import es from '../../translations/es.json';
import fr from '../../translations/fr.json';

const ALL: Readonly<Record<string, object>> = { en, es, fr, de };
const OTHERS = Object.keys(ALL).filter((language) => language !== 'en');
const PLURAL = /_(ordinal_)?(zero|one|two|few|many|other)$/;

/** `{ 'sidebar.queue.title': 'Queue' }` */
function flat(texts: object, path = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([key, text]: [string, unknown]) =>
      typeof text === 'string' ? [[`${path}${key}`, text]] : Object.entries(flat(text as object, `${path}${key}.`)),
    ),
  );
}

/** Keys without their plural endings. */
function keysOf(language: string): string[] {
  const keys = Object.keys(flat(ALL[language] ?? {})).filter((key) => key.startsWith('sidebar.'));
  return [...new Set(keys.map((key) => key.replace(PLURAL, '')))].toSorted();
}

const placeholders = (text: string): string[] => [...new Set(text.match(/\{\{\w+\}\}/g))].toSorted();

it.each(OTHERS)('%s has exactly the keys of English', (language) => {
  expect(keysOf(language)).toEqual(keysOf('en'));
});

it.each(OTHERS)('%s fills in the same values', (language) => {
  const english = flat(ALL['en'] ?? {});
  for (const [key, text] of Object.entries(flat(ALL[language] ?? {}))) {
    if (!key.startsWith('sidebar.')) continue;
    // "Moved once" needs no number; any form may leave the count out.
    const base =
      english[key] ?? english[key.replace(PLURAL, (_, ordinal: string | undefined) => `_${ordinal ?? ''}other`)] ?? '';
    const wanted = placeholders(base).filter((one) => one !== '{{count}}');
    expect([key, placeholders(text).filter((one) => one !== '{{count}}')]).toEqual([key, wanted]);
  }
});

it.each(Object.keys(ALL))('%s has every plural form that its grammar knows', (language) => {
  const texts = flat(ALL[language] ?? {});
  const plural = Object.keys(texts).filter((key) => key.startsWith('sidebar.') && PLURAL.test(key));
  expect(plural.length).toBeGreaterThan(10);
  for (const key of new Set(
    plural.map((one) => one.replace(PLURAL, (_, ordinal: string | undefined) => `_${ordinal ?? ''}`)),
  )) {
    const type = key.endsWith('_ordinal_') ? 'ordinal' : 'cardinal';
    const forms = new Intl.PluralRules(language, { type }).resolvedOptions().pluralCategories.map((form) => key + form);
    expect(Object.keys(texts)).toEqual(expect.arrayContaining(forms));
  }
});

it.each(Object.keys(ALL))('%s leaves no text empty', (language) => {
  for (const [key, text] of Object.entries(flat(ALL[language] ?? {})))
    expect([key, text.trim()]).not.toEqual([key, '']);
});

it('has no text that the code does not use', () => {
  const source = join(__dirname, '..');
  const code = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.'))
    .map((file) => readFileSync(join(source, file), 'utf8'))
    .join('\n');
  // Put together in code: `target.first_reply_overdue`, `status.open`, `field.tags`, `operator.is`.
  const built = /^(target|status|field|operator)\./;
  const unused = keysOf('en')
    .map((key) => key.replace('sidebar.', ''))
    .filter((key) => !built.test(key) && !code.includes(`'${key}'`));
  expect(unused).toEqual([]);
});
