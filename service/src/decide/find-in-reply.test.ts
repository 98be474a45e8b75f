import { buildReplyFinders } from './find-in-reply.ts';

const { promisesNoDate, avoidedIn } = buildReplyFinders({
  promises: ['get back to you', 'let you know', 'melde mich', 'le avisaré', 'reviens vers vous'],
  avoid: [{ phrase: 'calm down', instead: 'I see.' }, { phrase: 'unfortunat*' }, { phrase: 'reclamacion~' }],
});

test.each([
  'I will get back to you.',
  'We may let you know.',
  'I will GET BACK to you as soon as I can.',
  'Ich melde mich bei Ihnen.',
  'Le avisaré.',
  'Je reviens vers vous.',
])('a promise that says no date: %s', (sentence) => {
  expect(promisesNoDate(sentence)).toBe(true);
});

test.each([
  'I will get back to you by Monday.',
  'I will get back to you within 24 hours.',
  'I will get back to you in two days.',
  'I will let you know tomorrow morning.',
  'We will let you know by 5 pm.',
  'We will let you know in March.',
  'Ich melde mich bis Freitag.',
  'Ich melde mich morgen.',
  'Le avisaré mañana.',
  'Le avisaré en dos días.',
  'Je reviens vers vous mardi.',
  'Je reviens vers vous aujourd’hui.',
  'Je reviens vers vous en février.',
  'Your parcel is on its way.',
  '',
])('nothing to ask about: %s', (sentence) => {
  expect(promisesNoDate(sentence)).toBe(false);
});

test('phrases to avoid are found as whole words, in the forms that the policy allows, in its order', () => {
  expect(avoidedIn('Unfortunately: CALM  DOWN!').map(({ phrase }) => phrase)).toEqual(['calm down', 'unfortunat*']);
  expect(avoidedIn('a Reclamación').map(({ phrase }) => phrase)).toEqual(['reclamacion~']);
  expect(avoidedIn('Calmness downtown')).toEqual([]);
});
