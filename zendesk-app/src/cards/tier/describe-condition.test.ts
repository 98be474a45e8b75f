/** @jest-environment node */
// Checks that every condition that a policy may contain has a text.
import { FIELD_NAMES, NEGATED_OPERATORS, OPERATOR_NAMES } from '@deskwright/shared/contract';
import { makeFormats } from '../../base/i18n/formats.ts';
import { chooseLocale } from '../../base/i18n/locales.ts';
import { loadTexts } from '../../base/i18n/texts.ts';
import { describeCondition } from './describe-condition.ts';
import { texts } from './texts.ts';

async function asked(part: { field?: string; operator?: string }): Promise<string> {
  const locale = chooseLocale('en-US');
  const t = (await loadTexts(locale, [texts]))(texts);
  const trace = { field: 'subject', operator: 'is', wanted: 'x', saw: null, held: false, ...part };
  return describeCondition({ t, format: makeFormats(locale, Date.now) }, trace).asked;
}

it.each(FIELD_NAMES)('the field %s has a name for agents', async (field) => {
  expect(await asked({ field })).toMatch(/^[A-Z][^_]* is “x”$/);
});

it.each([...OPERATOR_NAMES, ...NEGATED_OPERATORS])('the operator %s has a sentence', async (operator) => {
  // An operator without a text is shown as "Subject: the operator".
  expect(await asked({ operator })).toMatch(/^Subject (is|does|contains|matches)\b/);
});
