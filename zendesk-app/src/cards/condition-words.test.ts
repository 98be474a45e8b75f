/** @jest-environment node */
// Can every condition that a policy may hold be said in words?
import { FIELD_NAMES, OPERATOR_NAMES } from '@deskwright/shared';
import { makeFormats } from '../i18n/formats.ts';
import { loadWords } from '../i18n/load-words.ts';
import { chooseLocale } from '../i18n/locales.ts';
import { conditionWords } from './condition-words.ts';

async function asked(part: { field?: string; operator?: string }): Promise<string> {
  const locale = chooseLocale('en-US');
  const words = { t: await loadWords(locale), format: makeFormats(locale, Date.now) };
  const trace = { field: 'subject', operator: 'is', wanted: 'x', saw: null, held: false, ...part };
  return conditionWords(words, trace).asked;
}

it.each(FIELD_NAMES)('the field %s has a name for agents', async (field) => {
  expect(await asked({ field })).toMatch(/^[A-Z][^_]* is “x”$/);
});

it.each(OPERATOR_NAMES)('the operator %s is said in a sentence', async (operator) => {
  // What has no words of its own is shown as "Subject: the operator".
  expect(await asked({ operator })).toMatch(/^Subject (is|does|contains|matches)\b/);
});
