// Writes a text that has some words and not others.
import { EXACTLY } from '@deskwright/shared';
import type { FieldAtoms } from './field-theory.ts';
import { samplesOf } from './pattern-samples.ts';
import type { Model } from './solver.ts';
import { entryImplies, textImplies } from './word-implications.ts';

/** Words between the wanted ones, so that no phrase comes about by chance. */
const FILLERS = ['please', 'also', 'thanks', 'kindly', 'meanwhile', 'zzqx'];

/**
 * The text that a model asks for; empty: nothing needs to be there.
 * @param more pieces that must be in it as well
 */
export function writeText(field: FieldAtoms, model: Model, attempt: number, more: readonly string[] = []): string {
  const pieces = [...piecesOf(field, model, attempt), ...more];
  if (pieces.length === 0 && !model(field.present)) return '';
  if (pieces.length === 1) return pieces.join('');
  const unwanted = unwantedIn(field, model);
  const fillers = FILLERS.filter((filler) => !unwanted.some((phrase) => textImplies(filler, phrase)));
  const filler = fillers[attempt % Math.max(fillers.length, 1)] ?? 'zzqx';
  return pieces.length === 0 ? filler : pieces.join(` ${filler} `);
}

/** The values, phrases and patterns that a model asks for, as they may be written. A whole value leaves room for nothing else. */
export function piecesOf(field: FieldAtoms, model: Model, attempt: number): readonly string[] {
  const equal = [...field.equals.values()].filter(({ literal }) => model(literal));
  const [whole] = equal;
  if (whole !== undefined && field.kind !== 'custom') return [plainValue(String(whole.value))];
  const wanted = [...field.words].filter(([, literal]) => model(literal)).map(([phrase]) => phrase);
  const unwanted = unwantedIn(field, model);
  const implies = field.kind === 'list' ? entryImplies : textImplies;
  const needed = wanted.filter(
    (phrase, at) =>
      !wanted.some(
        (other, otherAt) => other !== phrase && implies(other, phrase) && (otherAt < at || !implies(phrase, other)),
      ),
  );
  const patterns = [...field.patterns].filter(([, literal]) => model(literal)).map(([source]) => source);
  return [
    ...equal.map(({ value }) => plainValue(String(value))),
    ...needed.map((phrase) => wordingOf(phrase, unwanted, attempt)),
    ...patterns.map((source) => {
      const samples = samplesOf(source);
      return samples[attempt % samples.length] ?? '';
    }),
  ];
}

const unwantedIn = ({ words }: FieldAtoms, model: Model): readonly string[] =>
  [...words].filter(([, literal]) => !model(literal)).map(([phrase]) => phrase);

export const plainValue = (value: string): string =>
  value.startsWith(EXACTLY) ? value.slice(EXACTLY.length).trim() : value;

/** A phrase as a customer may write it: if possible, so that it has none of the unwanted phrases. */
function wordingOf(phrase: string, unwanted: readonly string[], attempt: number): string {
  if (!/[*~]/.test(phrase)) return plainValue(phrase);
  const wordings = wordingsOf(phrase);
  const fine = wordings.filter((wording) => !unwanted.some((other) => textImplies(wording, other)));
  return fine[attempt % Math.max(fine.length, 1)] ?? wordings[0] ?? '';
}

function wordingsOf(phrase: string): readonly string[] {
  const words = plainValue(phrase).trim().split(/\s+/u);
  const write = (beginning: string, ending: string, slip: (word: string) => string): string =>
    words
      .map((word) => {
        const [, before = '', bare = '', after = ''] = /^(\**)(.*?)([*~]*)$/u.exec(word) ?? [];
        const spelt = after.includes('~') ? slip(bare) : bare;
        return `${before === '' ? '' : beginning}${spelt}${after.includes('*') ? ending : ''}`;
      })
      .join(' ');
  const same = (word: string): string => word;
  return [
    ...new Set([
      write('', '', same),
      write('', 's', same),
      write('un', '', same),
      write('un', 's', same),
      write('', 'ing', same),
      write('', '', withoutMiddle),
      write('', 's', withoutMiddle),
      write('', '', withoutTwo),
    ]),
  ];
}

/** The third and the fifth letter are missing: two slips, early in the word. */
const withoutTwo = (word: string): string =>
  word.length < 9 ? withoutMiddle(word) : word.slice(0, 2) + word.slice(3, 4) + word.slice(5);

/** A misspelling: one letter is missing. */
function withoutMiddle(word: string): string {
  const middle = Math.floor(word.length / 2);
  return word.slice(0, middle) + word.slice(middle + 1);
}
