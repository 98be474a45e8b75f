import { loadPolicy } from '@deskwright/shared';
import { asc } from 'drizzle-orm';
import fc from 'fast-check';
import { examplePolicyText, pipelineDeps } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { compilePolicy } from '../../decide/compile-policy.ts';
import { decide } from '../../decide/decide.ts';
import { explainSentence } from '../../decide/explain-sentence.ts';
import { somePolicy, someTicket } from '../../decide/testing/arbitraries.ts';
import { aTicket } from '../../decide/testing/builders.ts';
import { openDatabase } from '../../platform/storage/database.ts';
import { until } from '../../platform/testing/until.ts';
import { CUSTOMER, comment, pipelineFixture } from '../process/testing/pipeline-fixture.ts';
import { decisions } from '../tables.ts';
import { packDecision, readDecisions, unpackDecision } from './packed-decision.ts';
import { rulesOf, rulesToPackBy } from './policy-rules.ts';

/** As PostgreSQL gives it back. */
const stored = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const columnsOf = (decision: ReturnType<typeof decide>) => ({
  ticketId: decision.order.ticketId,
  category: decision.category.value,
  tier: decision.tier.value,
  priority: decision.priority.value,
  survey: decision.survey.value,
});

test('unpacks to the original decision, for any policy and ticket', () => {
  let packed = 0;
  fc.assert(
    fc.property(somePolicy(['', '*', '~']), fc.array(someTicket, { minLength: 1, maxLength: 4 }), (policy, tickets) => {
      const compiled = compilePolicy(policy);
      const rules = rulesOf(policy, compiled);
      for (const ticket of tickets) {
        const decision = decide(ticket, compiled);
        const sentence = explainSentence(decision, policy);
        const logged = packDecision(decision, sentence, rules);
        if ('why' in logged.decision) packed += 1;
        const read = unpackDecision({ ...stored(logged), ...columnsOf(decision) }, stored(rules));
        expect(read).toEqual(stored({ decision, sentence }));
      }
    }),
    { numRuns: 60 },
  );
  expect(packed).toBeGreaterThan(100);
});

describe('a decision of the example policy', () => {
  const loaded = loadPolicy(examplePolicyText(), 'deskwright.yaml');
  if (!loaded.ok) throw new Error('The example policy is refused');
  const { policy } = loaded;
  const compiled = compilePolicy(policy);
  const rules = rulesOf(policy, compiled);
  const ticket = aTicket({
    subject: 'Money back',
    description: 'I want a refund, my card was charged twice and the app crashes at checkout.',
  });
  const decision = decide(ticket, compiled);
  const sentence = explainSentence(decision, policy);

  test('takes a third of the space', () => {
    const logged = packDecision(decision, sentence, rules);
    const before = JSON.stringify({ decision, sentence }).length;
    expect(JSON.stringify(logged).length).toBeLessThan(before / 3);
  });

  test('keeps which conditions held after its words are erased', () => {
    const { decision: logged } = packDecision(decision, sentence, rules);
    if (!('why' in logged)) throw new Error('It was not packed');
    const [why] = logged.why;
    if (typeof why !== 'object' || why === null || !('r' in why)) throw new Error('No trigger decided');
    why.saw = [];
    const read = unpackDecision({ decision: logged, sentence: 'Erased.', ...columnsOf(decision) }, rules);
    const { reason } = read.decision.category;
    if (reason.by !== 'trigger' || decision.category.reason.by !== 'trigger') throw new Error('No trigger decided');
    expect(read.sentence).toBe('Erased.');
    expect(reason.conditions.map(({ held }) => held)).toEqual(
      decision.category.reason.conditions.map(({ held }) => held),
    );
    expect(reason.conditions.map(({ saw }) => saw).flat()).toEqual(expect.not.arrayContaining([expect.any(String)]));
  });

  test('keeps category and tier when its policy is no longer known', () => {
    const logged = packDecision(decision, sentence, rules);
    const read = unpackDecision({ ...logged, ...columnsOf(decision) }, null);
    expect(read.decision.category).toEqual({ value: decision.category.value, reason: { by: 'nothing' } });
    expect(read.sentence).toContain(decision.category.value);
  });

  test('is logged unpacked when it does not fit the policy', () => {
    const others = { ...rules, triggers: rules.triggers.toReversed().slice(1) };
    const logged = packDecision(decision, sentence, { ...others, triggers: [] });
    expect(logged).toEqual({ decision, sentence });
    expect(unpackDecision({ ...logged, ...columnsOf(decision) }, null)).toEqual({ decision, sentence });
  });
});

describe('the decision log', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  const { hear } = pipelineFixture(() => database);

  test('can be read by another process, with rows of former versions among its own', async () => {
    const deps = pipelineDeps(database.db);
    await hear(deps, comment(10, '70', CUSTOMER, 'I want a refund'));
    await until(() => rulesToPackBy(database.db, deps.policy.current(), deps.clock()) !== null);
    await hear(deps, comment(20, '71', CUSTOMER, 'The app crashes, refund please'));

    const rows = await database.db.select().from(decisions).orderBy(asc(decisions.id));
    expect(rows.map(({ decision }) => 'why' in decision)).toEqual([false, true]);
    const there = openDatabase(database.url);
    try {
      const [first, second] = await readDecisions(there, rows);
      expect(second?.sentence).toContain('Asks for money back');
      expect(second?.decision.category).toMatchObject({
        value: 'refunds',
        reason: { by: 'trigger', title: 'Asks for money back', conditions: [{ operator: 'includes_any', held: true }] },
      });
      expect(second?.decision.priority).toEqual({ value: 'high', reason: second?.decision.category.reason });
      expect(first?.decision.category).toEqual(rows[0]?.decision.category);
    } finally {
      await there.$client.end();
    }
  });
});
