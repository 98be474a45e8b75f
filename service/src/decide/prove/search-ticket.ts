// Searches for a ticket that meets some conditions and not others.
import { type ConditionNode, isCondition, type TicketFacts } from '@deskwright/shared';
import { shownCondition } from '../rules/condition-tree.ts';
import { buildExample } from './build-example.ts';
import { type ExampleTicket, factsOfExample } from './example-ticket.ts';
import { negationOf, requirementsOf } from './formula.ts';
import { createSolver, type Literal, type Model, type Solver } from './solver.ts';
import { buildTicketTheory, type TicketAtoms, type TicketTheory } from './ticket-theory.ts';

/** Conditions, and whether they must hold. */
export interface Wanted {
  readonly node: ConditionNode;
  readonly holds: boolean;
}

export interface Example {
  readonly ticket: ExampleTicket;
  readonly facts: TicketFacts;
}

export type Searched =
  /** A ticket that the engine confirmed. */
  | { readonly outcome: 'found'; readonly example: Example }
  /** There is none, however it is worded. */
  | { readonly outcome: 'impossible' }
  | { readonly outcome: 'undecided'; readonly why: string };

/** What is known about some conditions. Later questions about them are cheap. */
export interface Search {
  /** Literals that together say it. */
  readonly literalsOf: (wanted: Wanted) => readonly Literal[];
  readonly isImpossible: (assumptions: readonly Literal[]) => boolean;
  /**
   * @param confirm whether the ticket is what was searched for, as the engine says; or literals that must be assumed as well before
   * the search goes on
   */
  readonly find: (
    assumptions: readonly Literal[],
    confirm: (facts: TicketFacts) => boolean | readonly Literal[],
  ) => Searched;
}

/** Further models and wordings tried when the engine does not confirm a ticket. */
const MOST_MODELS = 3;
const MOST_WORDINGS = 9;

const UNSURE = 'it depends on how texts are worded in ways that cannot be compared, such as regular expressions';
const TOO_HARD = 'the conditions can be combined in too many ways';

export function startSearch(): Search {
  const solver = createSolver();
  const theory = buildTicketTheory(solver);
  const [holding, failing] = [
    new Map<ConditionNode, readonly Literal[]>(),
    new Map<ConditionNode, readonly Literal[]>(),
  ];
  return {
    literalsOf: (wanted) => {
      const known = wanted.holds ? holding : failing;
      const made = known.get(wanted.node) ?? literalsFor(wanted, theory, solver);
      known.set(wanted.node, made);
      return made;
    },
    isImpossible: (assumptions) => solver.solve(assumptions).outcome === 'impossible',
    find: (assumptions, confirm) => findTicket(solver, theory.atoms, assumptions, confirm),
  };
}

function literalsFor({ node, holds }: Wanted, theory: TicketTheory, solver: Solver): readonly Literal[] {
  const formula = theory.formulaOf(node);
  return requirementsOf(holds ? formula : negationOf(formula), solver);
}

function findTicket(
  solver: Solver,
  atoms: TicketAtoms,
  wanted: readonly Literal[],
  confirm: (facts: TicketFacts) => boolean | readonly Literal[],
): Searched {
  const assumptions = [...wanted];
  /** While it holds, contents that could not be written are left out. */
  let guard: Literal | undefined;
  for (let models = 0; models < MOST_MODELS; ) {
    const solved = solver.solve(guard === undefined ? assumptions : [...assumptions, guard]);
    if (solved.outcome === 'gave up') return { outcome: 'undecided', why: TOO_HARD };
    if (solved.outcome === 'impossible') break;
    const tried = tryWordings(atoms, solved.model, confirm);
    if (tried.outcome === 'found') return tried;
    if (tried.outcome === 'more') {
      assumptions.push(...tried.literals);
      continue;
    }
    models++;
    guard ??= solver.newVariable(true);
    solver.add([-guard, ...contentsOf(atoms, solved.model).map((literal) => -literal)]);
  }
  const isImpossible = solver.solve(assumptions).outcome === 'impossible';
  return isImpossible ? { outcome: 'impossible' } : { outcome: 'undecided', why: UNSURE };
}

type Tried =
  | { readonly outcome: 'found'; readonly example: Example }
  | { readonly outcome: 'more'; readonly literals: readonly Literal[] }
  | { readonly outcome: 'not confirmed' };

function tryWordings(
  atoms: TicketAtoms,
  model: Model,
  confirm: (facts: TicketFacts) => boolean | readonly Literal[],
): Tried {
  for (let attempt = 0; attempt < MOST_WORDINGS; attempt++) {
    const ticket = buildExample(atoms, model, attempt);
    if (ticket === null) continue;
    const facts = factsOfExample(ticket);
    const answer = confirm(facts);
    if (answer === true) return { outcome: 'found', example: { ticket, facts } };
    if (answer !== false && answer.length > 0) return { outcome: 'more', literals: answer };
  }
  return { outcome: 'not confirmed' };
}

/** What the texts of a model have. */
function contentsOf({ fields }: TicketAtoms, model: Model): Literal[] {
  return [...fields.values()]
    .flatMap(({ words, patterns, equals, present }) => [
      ...words.values(),
      ...patterns.values(),
      ...[...equals.values()].map(({ literal }) => literal),
      present,
    ])
    .filter(model);
}

/** A part of conditions that must hold on its own, or must not. */
export function partsOf({ node, holds }: Wanted): readonly Wanted[] {
  if (isCondition(node)) return [{ node, holds }];
  const { all = [], any = [], none = [] } = node;
  const isOneChoice = all.length === 0 && none.length === 0;
  if (!holds) return isOneChoice ? any.flatMap((one) => partsOf({ node: one, holds: false })) : [{ node, holds }];
  return [
    ...all.flatMap((one) => partsOf({ node: one, holds: true })),
    ...(any.length === 1 ? any.flatMap((one) => partsOf({ node: one, holds: true })) : []),
    ...(any.length > 1 ? [{ node: { any }, holds: true }] : []),
    ...none.flatMap((one) => partsOf({ node: one, holds: false })),
  ];
}

export const describeWanted = ({ node, holds }: Wanted): string => describeConditions(node, holds);

/** Of parts that cannot hold together, as few as still cannot; tried from the last one on, so that the first ones stay. */
export function fewestImpossible<P extends Wanted>(parts: readonly P[], search: Search): readonly P[] {
  let kept = parts;
  if (parts.length > MOST_MINIMISED) return parts;
  for (const part of parts.toReversed()) {
    const fewer = kept.filter((one) => one !== part);
    if (search.isImpossible(fewer.flatMap(search.literalsOf))) kept = fewer;
  }
  return kept;
}

const MOST_MINIMISED = 60;

/** Words listed before "and n more". */
const MOST_WORDS = 5;

/** `text includes_any [refund, money back]`, `any of (...; ...)`; with `holds: false` its opposite. */
export function describeConditions(node: ConditionNode, holds = true): string {
  if ('field' in node) {
    const { field, operator, wanted } = shownCondition(node, !holds);
    return [field, operator, ...(wanted === null ? [] : [describeValue(wanted)])].join(' ');
  }
  const { all = [], any = [], none = [] } = node;
  const parts = [
    ...all.map((one) => describeConditions(one, holds)),
    ...(any.length > 0 ? [listed(any, holds, holds ? 'any of' : '')] : []),
    ...none.map((one) => describeConditions(one, !holds)),
  ].filter((part) => part !== '');
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  return holds ? parts.join(' and ') : `not all of (${parts.join('; ')})`;
}

function listed(nodes: readonly ConditionNode[], holds: boolean, how: string): string {
  const texts = nodes.map((one) => describeConditions(one, holds));
  if (texts.length === 1) return texts.join('');
  return how === '' ? texts.join(' and ') : `${how} (${texts.join('; ')})`;
}

function describeValue(value: unknown): string {
  if (!Array.isArray(value))
    return typeof value === 'string' && /\s|^$/.test(value) ? JSON.stringify(value) : String(value);
  const shown = value.slice(0, MOST_WORDS).map(String).join(', ');
  return `[${shown}${value.length > MOST_WORDS ? `, and ${value.length - MOST_WORDS} more` : ''}]`;
}
