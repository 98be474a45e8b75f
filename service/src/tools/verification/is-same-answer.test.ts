import { isSameAnswer } from './is-same-answer.ts';

const ofNumber = (text: string) => ({ text, isNumber: true });
const ofText = (text: string) => ({ text, isNumber: false });

test.each([
  ['25.0', ['25', '25.0', '25,00', '+25', '€ 25', '25.-', '25.'], ['250', '2.5', '-25', '2 50']],
  ['10.50', ['10.5', '10,50', '10.500'], ['1050', '105', '10.05', '10', '10.501', '10/50']],
  ['1e3', ['1000', '1.000', '1,000', '1 000', '1’000', '1000,00'], ['13', '1e3', '100', '1.0']],
  ['1234567.5', ['1234567,5', '1.234.567,5', '1,234,567.50'], ['12345675', '1.234,5']],
  ['-0.5', ['-0.5', '−,5', '-0,50'], ['0.5', '5', '-5']],
  ['9007199254740993', ['9007199254740993', '#9007199254740993', '9007-1992-5474-0993'], ['9007199254740992']],
  ['1e999999999', [], ['1', '1e9']],
  ['0', ['0', '0,00', '-0'], ['', '.', 'O']],
])('the number %s is said as %j, and not as %j', (right, same, others) => {
  for (const given of same) expect([given, isSameAnswer(given, ofNumber(right))]).toEqual([given, true]);
  for (const given of others) expect([given, isSameAnswer(given, ofNumber(right))]).toEqual([given, false]);
});

test.each([
  ['10.50', ['10,50', '10.5', '€10.50'], ['1050', '10,05']],
  ['250', ['250', '250,00'], ['25.0', '2.50']],
  ['Rex!', ['rex', ' REX ', 'Ｒｅｘ'], ['rexx', '']],
  ['10 115', ['10115', '10-115', '10.115'], ['101.15', '010115']],
  ['01067', ['01067', '010 67'], ['1067', '1067.0']],
  ['1980-12-24', ['1980/12/24', '19801224', '1980.12.24'], ['1980-12-25']],
  ['24.12.', ['24/12', '24.12'], ['24.1']],
  ['030.1234567', ['030 1234567', '030/1234567'], ['30.1234567']],
  ['1e3', ['1E3'], ['1000']],
  ['!', [], ['!', '', '?']],
])('the text %s is said as %j, and not as %j', (right, same, others) => {
  for (const given of same) expect([given, isSameAnswer(given, ofText(right))]).toEqual([given, true]);
  for (const given of others) expect([given, isSameAnswer(given, ofText(right))]).toEqual([given, false]);
});
