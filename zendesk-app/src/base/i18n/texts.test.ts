/** @jest-environment node */
// Checks that every folder's texts are complete in every language, and that the folder uses all of them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { FIGURE_IDS, FIGURES } from '@deskwright/shared';
import { CARDS } from '../../cards.ts';
import { texts as dashboardTexts, loadFigureTexts } from '../../dashboard/texts.ts';
import { texts as beforeSendingTexts } from '../../screens/before-sending/texts.ts';
import { texts as ticketScreenTexts } from '../../screens/ticket/texts.ts';
import { LANGUAGES } from './locales.ts';
import { baseTexts } from './texts.ts';

const SOURCE = join(__dirname, '..', '..');
const OTHERS = LANGUAGES.filter((language) => language !== 'en');
const BUILT =
  /^(target|status|field|operator|priority|problem|not_asked|outcomes|causes|run|failure|by|code|missing|event)\./;
const BUILT_IN_DASHBOARD =
  /^(at_risk.head|at_risk.state|attention|before|channels|definition.units|filter|goals|links|not_surveyed.reason|problems|range|replies|section|trends.kind)\./;
const PLURAL = /_(ordinal_)?(zero|one|two|few|many|other)$/;
/** `base/i18n`, `cards/tier`, and so on. */
const FOLDERS = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith(join('texts', 'en.json')))
  .map((path) => join(path, '..', '..'));
const CASES = FOLDERS.flatMap((folder) => OTHERS.map((language) => [folder, language] as const));
const ALL_CASES = FOLDERS.flatMap((folder) => LANGUAGES.map((language) => [folder, language] as const));

/** `{ 'target.first_reply_due': 'First reply due …' }` */
function flat(texts: object, path = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([key, text]: [string, unknown]) =>
      typeof text === 'string' ? [[`${path}${key}`, text]] : Object.entries(flat(text as object, `${path}${key}.`)),
    ),
  );
}

function textsOf(folder: string, language: string): Record<string, string> {
  return flat(JSON.parse(readFileSync(join(SOURCE, folder, 'texts', `${language}.json`), 'utf8')) as object);
}

/** Keys without their plural endings. */
function keysOf(folder: string, language: string): string[] {
  return [...new Set(Object.keys(textsOf(folder, language)).map((key) => key.replace(PLURAL, '')))].toSorted();
}

const placeholders = (text: string): string[] => [...new Set(text.match(/\{\{\w+\}\}/g))].toSorted();

it('finds the texts of the base, the screens and every card', () => {
  const names = [
    baseTexts,
    ticketScreenTexts,
    beforeSendingTexts,
    dashboardTexts,
    ...CARDS.map(({ texts }) => texts),
  ].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(FOLDERS).toHaveLength(names.length);
});

it.each(CASES)('%s has the keys of English in %s', (folder, language) => {
  expect(keysOf(folder, language)).toEqual(keysOf(folder, 'en'));
});

it.each(CASES)('%s uses the placeholders of English in %s', (folder, language) => {
  const english = textsOf(folder, 'en');
  for (const [key, text] of Object.entries(textsOf(folder, language))) {
    // A form such as "moved once" has no number, so the count is left out of the comparison.
    const base =
      english[key] ?? english[key.replace(PLURAL, (_, ordinal: string | undefined) => `_${ordinal ?? ''}other`)] ?? '';
    const wanted = placeholders(base).filter((one) => one !== '{{count}}');
    expect([key, placeholders(text).filter((one) => one !== '{{count}}')]).toEqual([key, wanted]);
  }
});

it.each(ALL_CASES)('%s has all plural forms in %s', (folder, language) => {
  const texts = textsOf(folder, language);
  const plural = Object.keys(texts).filter((key) => PLURAL.test(key));
  for (const key of new Set(
    plural.map((one) => one.replace(PLURAL, (_, ordinal: string | undefined) => `_${ordinal ?? ''}`)),
  )) {
    const type = key.endsWith('_ordinal_') ? 'ordinal' : 'cardinal';
    const forms = new Intl.PluralRules(language, { type }).resolvedOptions().pluralCategories.map((form) => key + form);
    expect(Object.keys(texts)).toEqual(expect.arrayContaining(forms));
  }
});

it.each(ALL_CASES)('%s has no empty text in %s', (folder, language) => {
  for (const [key, text] of Object.entries(textsOf(folder, language)))
    expect([key, text.trim()]).not.toEqual([key, '']);
});

it.each(FOLDERS)('%s uses all its texts', (folder) => {
  // The base's texts are used in every folder; a card's only in its own.
  const used = folder === relative(SOURCE, __dirname) ? SOURCE : join(SOURCE, folder);
  const code = readdirSync(used, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.'))
    .map((file) => readFileSync(join(used, file), 'utf8'))
    .join('\n');
  // Keys that the code builds: `target.first_reply_overdue`, `status.open`, `problem.closed`.
  const ofScreen = folder === 'dashboard' ? BUILT_IN_DASHBOARD : BUILT;
  const built = folder.includes('screens') ? /^(unreachable|session_ended|forbidden|not_found|failed)$/ : ofScreen;
  const unused = keysOf(folder, 'en').filter((key) => !built.test(key) && !code.includes(`'${key}'`));
  expect(unused).toEqual([]);
});

it.each(LANGUAGES)('defines every figure of the catalogue in %s', async (language) => {
  const figures = await loadFigureTexts(language);
  expect(Object.keys(figures).toSorted()).toEqual(FIGURE_IDS.toSorted());
  const words = (text: string): string[] => text.match(/`\w+`/g)?.toSorted() ?? [];
  for (const id of FIGURE_IDS)
    for (const part of ['name', 'definition', 'formula', 'leavesOut', 'source'] as const) {
      expect([id, part, figures[id][part].trim()]).not.toEqual([id, part, '']);
      expect([id, part, words(figures[id][part])]).toEqual([id, part, words(FIGURES[id][part])]);
    }
});

it.each(OTHERS)('translates what every figure counts into %s', async (language) => {
  const figures = await loadFigureTexts(language);
  // Names and sources may be the same in every language.
  const same = FIGURE_IDS.flatMap((id) =>
    (['definition', 'formula', 'leavesOut'] as const).filter((part) => figures[id][part] === FIGURES[id][part]),
  );
  expect(same).toEqual([]);
});

it('leaves Zendesk’s own texts of the app to `translations`', () => {
  const folder = join(SOURCE, '..', 'translations');
  for (const language of LANGUAGES) {
    expect(existsSync(join(folder, `${language}.json`))).toBe(true);
    expect(Object.keys(JSON.parse(readFileSync(join(folder, `${language}.json`), 'utf8')) as object)).toEqual(['app']);
  }
});
