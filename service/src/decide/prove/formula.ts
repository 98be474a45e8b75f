// Builds formulas over literals, and turns them into clauses.
import type { Literal, Solver } from './solver.ts';

export type Formula =
  | { readonly kind: 'literal'; readonly literal: Literal }
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Formula[] };

export const literal = (value: Literal): Formula => ({ kind: 'literal', literal: value });

/** Without parts: always true. */
export const allOf = (parts: readonly Formula[]): Formula => join('all', parts);

/** Without parts: never true. */
export const anyOf = (parts: readonly Formula[]): Formula => join('any', parts);

function join(kind: 'all' | 'any', parts: readonly Formula[]): Formula {
  const flat = parts.flatMap((part) => (part.kind === kind ? part.parts : [part]));
  const [only] = flat;
  return only !== undefined && flat.length === 1 ? only : { kind, parts: flat };
}

export function negationOf(formula: Formula): Formula {
  if (formula.kind === 'literal') return literal(-formula.literal);
  return { kind: formula.kind === 'all' ? 'any' : 'all', parts: formula.parts.map(negationOf) };
}

/**
 * Literals that, assumed together, make the formula hold. Each part that is a choice gets a variable that implies it (Plaisted and
 * Greenbaum 1986): as the formula is only ever required, never refused, one direction is enough.
 */
export function requirementsOf(formula: Formula, solver: Solver): readonly Literal[] {
  if (formula.kind === 'literal') return [formula.literal];
  if (formula.kind === 'all') return formula.parts.flatMap((part) => requirementsOf(part, solver));
  const choice = solver.newVariable(true);
  solver.add([-choice, ...formula.parts.map((part) => literalFor(part, solver))]);
  return [choice];
}

function literalFor(formula: Formula, solver: Solver): Literal {
  if (formula.kind === 'literal') return formula.literal;
  const whole = solver.newVariable(false);
  for (const required of requirementsOf(formula, solver)) solver.add([-whole, required]);
  return whole;
}
