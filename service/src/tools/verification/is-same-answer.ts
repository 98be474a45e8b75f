// Tells whether the customer's answer is the right one: numbers are compared as numbers, all else without capital letters, spaces and signs.
import { createHash, timingSafeEqual } from 'node:crypto';

/** What the other system gave. */
export interface RightAnswer {
  /** With the digits that were sent. */
  readonly text: string;
  /** Whether it was a number of JSON. */
  readonly isNumber: boolean;
}

/** In constant time for one right answer: each reading of what was given is compared. */
export function isSameAnswer(given: string, right: RightAnswer): boolean {
  const value = right.isNumber ? readJsonNumber(right.text) : onlyOf(readNumbers(right.text));
  const said = readNumbers(given);
  if (value !== null && said.length > 0) return said.map((one) => isEqual(one, value)).some((each) => each);
  const isDecimal = right.isNumber && !/^\d+$/.test(right.text);
  return !isDecimal && normal(right.text) !== '' && isEqual(normal(given), normal(right.text));
}

/** Capital letters, spaces and signs make no difference. */
export const normal = (answer: string): string =>
  answer
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

function isEqual(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

/** An identifier such as 01067 is no number. */
const PLAIN = /^(-?)(0|[1-9]\d*|)(?:[.,](\d+))?$/;
const IN_GROUPS = /^(-?)([1-9]\d{0,2}(?:([.,'’])\d{3})(?:\3\d{3})*)(?:(?!\3)[.,](\d+))?$/;

/** As people write them: 10.5, 10,50, 1.234,5; 1.000 may be two numbers. Empty: it is none. */
function readNumbers(written: string): string[] {
  const text = written
    .normalize('NFKC')
    .replaceAll('−', '-')
    .replaceAll(/[\s+\p{Sc}]/gu, '')
    .replace(/^[^\p{L}\p{N}.,-]+/u, '')
    .replace(/[^\p{L}\p{N}]+$/u, '');
  const plain = PLAIN.exec(text);
  const groups = IN_GROUPS.exec(text);
  const [, sign = '', whole = '', part = ''] = plain ?? [];
  const [, groupsSign = '', grouped = '', , groupsPart = ''] = groups ?? [];
  return [
    ...(whole + part === '' ? [] : [canonical(sign, whole, part)]),
    ...(groups === null ? [] : [canonical(groupsSign, grouped.replaceAll(/\D/g, ''), groupsPart)]),
  ];
}

/** Null: it is none, or may be two. */
const onlyOf = (numbers: readonly string[]): string | null => (numbers.length === 1 ? (numbers[0] ?? null) : null);

function readJsonNumber(written: string): string | null {
  const [, sign, whole, part = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(written) ?? [];
  return sign === undefined || whole === undefined ? null : canonical(sign, whole, part, Number(exponent));
}

/** One text for each number, however long: the digits without zeros around them, and the power of ten. */
function canonical(sign: string, whole: string, part: string, exponent = 0): string {
  const digits = (whole + part).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  return `${sign}${significant}e${exponent - part.length + digits.length - significant.length}`;
}
