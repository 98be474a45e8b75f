// Defines how conditions on one field imply or exclude one another.
import { EXACTLY, foldings, foldText } from '@deskwright/shared';
import { requiresLetter } from './pattern-samples.ts';
import type { Literal, Solver } from './solver.ts';
import { alwaysImplies, entryImplies, textImplies } from './word-implications.ts';

/**
 * - `text`: always there, possibly empty
 * - `name`: a text, or nothing
 * - `list`: entries that are compared as a whole
 * - `custom`: a text, a number, a truth value, a list, or nothing
 */
export type ValueKind = 'text' | 'name' | 'list' | 'custom';

/** The questions asked about one field, each with the literal that stands for "yes". */
export interface FieldAtoms {
  readonly field: string;
  readonly kind: ValueKind;
  readonly present: Literal;
  /** By phrase. */
  readonly words: ReadonlyMap<string, Literal>;
  /** By the value compared with. */
  readonly equals: ReadonlyMap<string, { readonly literal: Literal; readonly value: string | number | boolean }>;
  /** By regular expression. */
  readonly patterns: ReadonlyMap<string, Literal>;
  /** By limit. */
  readonly below: ReadonlyMap<number, Literal>;
  readonly above: ReadonlyMap<number, Literal>;
}

export interface FieldTheory extends FieldAtoms {
  readonly word: (phrase: string) => Literal;
  readonly equal: (value: string | number | boolean) => Literal;
  readonly pattern: (source: string) => Literal;
  readonly belowLimit: (limit: number) => Literal;
  readonly aboveLimit: (limit: number) => Literal;
}

/** Adds the connections of each new question with the earlier ones to the solver. Each must hold for every ticket that can exist. */
export function buildFieldTheory(field: string, kind: ValueKind, solver: Solver): FieldTheory {
  const present = solver.newVariable(false);
  const words = new Map<string, Literal>();
  const equals = new Map<string, { literal: Literal; value: string | number | boolean }>();
  const patterns = new Map<string, Literal>();
  const below = new Map<number, Literal>();
  const above = new Map<number, Literal>();
  const implies = kind === 'list' ? entryImplies : kind === 'custom' ? alwaysImplies : textImplies;
  const isOneText = kind === 'text' || kind === 'name';

  function atom<K>(known: Map<K, Literal>, key: K, connect: (literal: Literal) => void): Literal {
    const before = known.get(key);
    if (before !== undefined) return before;
    const literal = solver.newVariable(false);
    connect(literal);
    known.set(key, literal);
    return literal;
  }

  function connectWithText(value: string | number | boolean, equal: Literal, phrase: string, word: Literal): void {
    if (!isOneText) return;
    const answer = hasPhrase(String(value), phrase);
    if (answer === 'always') solver.add([-equal, word]);
    if (answer === 'never') solver.add([-equal, -word]);
  }

  return {
    field,
    kind,
    present,
    words,
    equals,
    patterns,
    below,
    above,
    word: (phrase) =>
      atom(words, phrase, (literal) => {
        solver.add([-literal, present]);
        for (const [other, known] of words) {
          if (implies(phrase, other)) solver.add([-literal, known]);
          if (implies(other, phrase)) solver.add([-known, literal]);
        }
        for (const { literal: equal, value } of equals.values()) connectWithText(value, equal, phrase, literal);
      }),
    equal: (value) => {
      const key = JSON.stringify(value);
      const before = equals.get(key);
      if (before !== undefined) return before.literal;
      const literal = solver.newVariable(false);
      if (!isBlank(String(value))) solver.add([-literal, present]);
      for (const { literal: known, value: other } of equals.values()) {
        if (isOneText && areApart(String(value), String(other))) solver.add([-literal, -known]);
        if (isSame(String(value), String(other))) {
          solver.add([-literal, known]);
          solver.add([-known, literal]);
        }
      }
      for (const [phrase, word] of words) connectWithText(value, literal, phrase, word);
      for (const [limit, known] of below) if (isNumber(value) && value >= limit) solver.add([-literal, -known]);
      for (const [limit, known] of above) if (isNumber(value) && value <= limit) solver.add([-literal, -known]);
      equals.set(key, { literal, value });
      return literal;
    },
    pattern: (source) =>
      atom(patterns, source, (literal) => {
        if (requiresLetter(source)) solver.add([-literal, present]);
      }),
    belowLimit: (limit) =>
      atom(below, limit, (literal) => {
        solver.add([-literal, present]);
        for (const [other, known] of below) solver.add(other < limit ? [-known, literal] : [-literal, known]);
        for (const [other, known] of above) if (other >= limit) solver.add([-literal, -known]);
        for (const { literal: equal, value } of equals.values())
          if (isNumber(value) && value >= limit) solver.add([-equal, -literal]);
      }),
    aboveLimit: (limit) =>
      atom(above, limit, (literal) => {
        solver.add([-literal, present]);
        for (const [other, known] of above) solver.add(other > limit ? [-known, literal] : [-literal, known]);
        for (const [other, known] of below) if (other <= limit) solver.add([-literal, -known]);
        for (const { literal: equal, value } of equals.values())
          if (isNumber(value) && value <= limit) solver.add([-equal, -literal]);
      }),
  };
}

const isNumber = (value: unknown): value is number => typeof value === 'number';

/** Do both accept exactly the same values? The number 7 and the text "7" do. */
function isSame(one: string, other: string): boolean {
  if (isExactly(one) || isExactly(other)) return false;
  const [a, b] = [formsOf(one), formsOf(other)];
  return a.length === b.length && a.every((form) => b.includes(form));
}

const isExactly = (value: string): boolean => value.startsWith(EXACTLY);
const formsOf = (value: string): readonly string[] => [...new Set(foldings(value).map((form) => form.trim()))];
const isBlank = (value: string): boolean =>
  foldText(isExactly(value) ? value.slice(EXACTLY.length) : value).trim() === '';

/** Can no single text be both values? A letter with two spellings (`ü`, `ue`) gives one text two forms. */
function areApart(one: string, other: string): boolean {
  if (isExactly(one) || isExactly(other)) return false;
  const coarse = new Set(formsOf(one).map(coarseForm));
  return !formsOf(other).some((form) => coarse.has(coarseForm(form)));
}

/** One form for all spellings of letters that have two (see `EXPANSIONS`): without the `e` or `a` that is added to them. */
const coarseForm = (form: string): string => form.replace(/a[ae]*/g, 'a').replace(/([ou])e*/g, '$1');

/** Letters, digits and signs that folding neither joins nor takes apart. */
const SIMPLE_TEXT = /^[a-z0-9 .,!?:@/]*$/;
const SIMPLE_PHRASE = /^[a-z0-9]+(?: +[a-z0-9]+)*$/;

/** Does every text that equals `value` have the phrase, or none? Undefined: neither, or it cannot be told. */
function hasPhrase(value: string, phrase: string): 'always' | 'never' | undefined {
  const [text, wanted] = [foldText(value).trim(), foldText(phrase).trim()];
  if (isExactly(value) || !SIMPLE_TEXT.test(text) || !SIMPLE_PHRASE.test(wanted)) return undefined;
  const words = text.split(/[^a-z0-9]+/);
  const parts = wanted.split(/ +/);
  const has = (read: (word: string) => string): boolean =>
    words.some((_, from) => parts.every((part, at) => read(words[from + at] ?? '') === read(part)));
  if (!has(coarseForm)) return 'never';
  return IS_ASCII.test(phrase) && has((word) => word) ? 'always' : undefined;
}

const IS_ASCII = /^[\x20-\x7e]*$/;
