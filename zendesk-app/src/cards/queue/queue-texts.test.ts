/** @jest-environment node */
// Checks how positions in the queue are written in every language.
import { chooseLocale } from '../../base/i18n/locales.ts';
import { loadTexts } from '../../base/i18n/texts.ts';
import { texts } from './texts.ts';

it.each([
  ['en', '4th of 31'],
  ['es', '4.º de 31'],
  ['fr', '4e sur 31'],
  ['de', '4. von 31'],
])('writes positions in %s: %s', async (locale, written) => {
  const t = (await loadTexts(chooseLocale(locale), [texts]))(texts);
  expect(t('place', { count: 4, ordinal: true, of: '31' })).toBe(written);
});

it('isolates an Arabic name in an English text, and nothing else', async () => {
  const t = (await loadTexts(chooseLocale('ar'), [texts]))(texts);
  expect(t('since', { when: '5 PM' })).toBe('Waiting since 5 PM');
  expect(t('handed_over', { by: 'ليلى', when: '3 days ago' })).toBe('Handed off by \u2068ليلى\u2069, 3 days ago');
});

it('falls back to the texts of the base', async () => {
  const t = (await loadTexts(chooseLocale('en'), [texts]))(texts);
  expect(t('cancel')).toBe('Cancel');
});
