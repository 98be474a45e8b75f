import { foldText, parsePhrase, splitWords, type TicketFacts } from '@deskwright/shared';
import fc from 'fast-check';
import { buildRival } from '../../../bench/decide/json-rules-engine.js';
import { compilePolicy } from './compile-policy.ts';
import { decide } from './decide.ts';
import { compileLeaf } from './rules/leaf.ts';
import { compilePatterns, textForPatterns } from './rules/pattern-field.ts';
import { readerOf, wordingsReader } from './rules/read-field.ts';
import { findEntries } from './rules/word-field.ts';
import { somePolicy, someTicket } from './testing/arbitraries.ts';
import { decidePlainly } from './testing/reference-decide.ts';

const tools = {
  compileLeaf,
  compilePatterns,
  findEntries,
  foldText,
  parsePhrase,
  readerOf,
  splitWords,
  textForPatterns,
  wordingsReader,
};
const someTickets = fc.array(someTicket, { minLength: 1, maxLength: 4 });
/** `FC_RUNS=20000` runs longer. */
const numRuns = Number(process.env.FC_RUNS ?? 120);

describe('decide, on random rules and random tickets', () => {
  it('gives the same result as a simple interpreter, reasons and nearest miss included', () => {
    fc.assert(
      fc.property(somePolicy(['', '', '*', '~', '~*']), someTickets, (policy, tickets) => {
        const compiled = compilePolicy(policy);
        for (const ticket of tickets) {
          const ours = decide(ticket, compiled);
          const plain = decidePlainly(ticket, policy);

          const { reason } = ours.category;
          expect({
            category: ours.category.value,
            categoryBy: reason.by === 'trigger' ? reason.triggerId : null,
            conditions: reason.by === 'trigger' ? reason.conditions.map(simplify) : [],
            carriedBy:
              reason.by === 'trigger'
                ? distinct(reason.conditions.filter(({ held, inVain }) => held && !inVain).map(simplify))
                : [],
            priority: ours.priority.value,
            tags: ours.tags.map((tag) => tag.value),
            nearestMiss: ours.nearestMiss && {
              triggerId: ours.nearestMiss.triggerId,
              missedBy: ours.nearestMiss.missedBy.map(simplify),
            },
          }).toEqual({
            ...plain,
            conditions: plain.conditions.map(simplifyPlain),
            carriedBy: distinct(plain.carriedBy.map(simplifyPlain)),
            nearestMiss: plain.nearestMiss && {
              ...plain.nearestMiss,
              missedBy: plain.nearestMiss.missedBy.map(simplifyPlain),
            },
          });
        }
      }),
      { numRuns },
    );
  });

  it('gives the same result as json-rules-engine', async () => {
    await fc.assert(
      fc.asyncProperty(somePolicy(['', '', '*']), someTickets, async (policy, tickets) => {
        const compiled = compilePolicy(policy);
        const rival = buildRival(policy, tools);
        for (const ticket of tickets.map(withoutHyphens)) {
          const { category, priority, tags } = decide(ticket, compiled);

          expect({ category: category.value, priority: priority.value, tags: tags.map((tag) => tag.value) }).toEqual(
            await rival(ticket),
          );
        }
      }),
      { numRuns },
    );
  });
});

/** json-rules-engine does not support words joined by hyphens or scripts without spaces. */
function withoutHyphens(facts: TicketFacts): TicketFacts {
  const plain = (text: string): string => text.replaceAll('-', ' ').replaceAll('退款', '');
  const { subject, description, comment, organization } = facts;
  return {
    ...facts,
    subject: plain(subject),
    description: plain(description),
    comment: plain(comment),
    organization: organization === null ? null : plain(organization),
  };
}

type Traced = { field: string; wanted: unknown; saw: unknown; held: boolean; operator: string };

/** Words found, sorted; other values are tested leaf by leaf. */
function simplify({ field, wanted, saw, held, operator }: Traced): unknown {
  return { field, wanted, held, found: operator.includes('includes') ? sorted(saw) : undefined };
}

function simplifyPlain(leaf: ReturnType<typeof decidePlainly>['conditions'][number]): unknown {
  const { field, value } = leaf.condition;
  return { field, wanted: value ?? null, held: leaf.met, found: leaf.found };
}

/** A condition may occur twice in a trigger, in a part that holds and in one that does not. */
const distinct = (traces: readonly unknown[]): unknown[] =>
  [...new Set(traces.map((one) => JSON.stringify(one)))].toSorted((a, b) => (a < b ? -1 : 1));

const sorted = (saw: unknown): unknown =>
  Array.isArray(saw) ? saw.map(String).toSorted((a, b) => (a < b ? -1 : 1)) : saw;
