import { aPolicy } from '../../decide/testing/builders.ts';
import { describeAgentActions } from './describe-ticket.ts';

const POLICY = aPolicy([], {
  tiers: [
    { id: 't1', name: 'Tier 1', group: 'G1', escalates_to: 't2', leads: [] },
    { id: 't2', name: 'Tier 2', group: 'G2', leads: [] },
  ],
});
type Moves = Parameters<typeof describeAgentActions>[0]['escalations'];

function describeMoves(
  moves: [Moves[number]['kind'], string | null, string][],
  policy: typeof POLICY | null,
): string[] {
  const escalations = moves.map(([kind, fromTier, target], id) => ({
    id,
    at: new Date(id),
    agentId: 7,
    agent: 'Lena',
    kind,
    fromTier,
    target,
  }));
  return describeAgentActions({ corrections: [], refunds: [], escalations }, policy).map((line) =>
    line.slice(23).replace(/ +/g, ' '),
  );
}

test.each([
  ['with the policy', POLICY],
  ['without a policy', null],
])('a ticket that a tier or a department gives back is handed back, not escalated: %s', (_, policy) => {
  expect(
    describeMoves(
      [
        ['tier', 't1', 't2'],
        ['tier', 't2', 't1'],
        ['department', 't1', 'warehouse'],
        ['tier', 't1', 't1'],
      ],
      policy,
    ),
  ).toEqual([
    'escalated tier t1 to tier t2, by Lena',
    'handed back tier t2 to tier t1, by Lena',
    'handed over tier t1 to department warehouse, by Lena',
    'handed back department warehouse to tier t1, by Lena',
  ]);
});
