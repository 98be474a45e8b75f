import type { HistoryEntry } from './history-entry.ts';
import type { ZendeskFigures } from './measure.ts';
import { measureTicket } from './measure-ticket.ts';
import {
  answers,
  aPolicy,
  asks,
  at,
  becomes,
  groupIdOf,
  LENA,
  OMAR,
  only,
  opened,
  zendeskFigures,
} from './testing/builders.ts';

const policy = aPolicy();
const MINUTE = 60;
const measure = (zendesk: Partial<ZendeskFigures>, ...entries: readonly HistoryEntry[]) =>
  measureTicket(entries, zendeskFigures(zendesk), { policy, groupIdOf });

/** Thursday 2026-10-01, 10:00. */
const solvedBefore: Partial<ZendeskFigures> = {
  solvedAt: at('2026-10-02T10:00'),
  tier: 't1',
  category: 'refunds',
  groupId: 11,
  assigneeId: LENA,
  firstReply: 300,
  firstReplyBusiness: 300,
  firstResolution: 24 * 60,
  firstResolutionBusiness: 9 * 60,
  fullResolution: 24 * 60,
  fullResolutionBusiness: 9 * 60,
  requesterWait: 400,
  requesterWaitBusiness: 350,
  replies: 1,
};

test('a ticket from before the installation has the measures that Zendesk knows, marked', () => {
  const measured = measure(solvedBefore);
  const figures = measured.measures.map(({ figure, at: when }) => [figure, when.toISOString()]);
  expect(figures).toEqual([
    ['arrival', at('2026-10-01T10:00').toISOString()],
    ['first_reply', at('2026-10-01T15:00').toISOString()],
    ...['first_resolution', 'solve', 'full_resolution', 'requester_wait', 'one_touch'].map((figure) => [
      figure,
      at('2026-10-02T10:00').toISOString(),
    ]),
  ]);
  expect(measured.measures.every(({ fromZendesk }) => fromZendesk)).toBe(true);
  // 10:00 to 15:00 is 5 h; 4 business hours were allowed.
  expect(only(measured, 'first_reply')).toMatchObject([
    {
      seconds: 300 * MINUTE,
      businessSeconds: 300 * MINUTE,
      met: false,
      tier: 't1',
      category: 'refunds',
      channel: 'email',
    },
  ]);
  expect(only(measured, 'full_resolution')).toMatchObject([
    { seconds: 24 * 60 * MINUTE, businessSeconds: 9 * 60 * MINUTE },
  ]);
  expect(only(measured, 'one_touch')).toMatchObject([{ detail: '1' }]);
  expect(measured.waits).toEqual([]);
});

test('reopenings before are counted, and the solves that go with them', () => {
  const measured = measure({
    ...solvedBefore,
    reopens: 2,
    replies: 4,
    solvedAt: at('2026-10-05T10:00'),
    fullResolution: 4 * 24 * 60,
  });
  expect(only(measured, 'solve').map((one) => one.at)).toEqual([
    at('2026-10-02T10:00'),
    at('2026-10-05T10:00'),
    at('2026-10-05T10:00'),
  ]);
  expect(only(measured, 'reopen')).toHaveLength(2);
  expect(only(measured, 'one_touch')).toEqual([]);
});

test('a ticket that was open at the installation: what came before is from Zendesk, what came after from the history', () => {
  const measured = measure(
    { firstReply: 300, firstReplyBusiness: 300, replies: 1 },
    asks('2026-11-23T09:00'),
    answers('2026-11-23T10:00', OMAR),
    becomes('2026-11-23T10:00', 'solved', { assigneeId: OMAR }),
  );
  expect(measured.measures.map(({ figure, fromZendesk }) => [figure, fromZendesk])).toEqual([
    ['arrival', true],
    ['first_reply', true],
    // The customer wrote again.
    ['next_reply', false],
    ['solve', false],
    ['first_resolution', false],
    ['full_resolution', false],
  ]);
  expect(only(measured, 'next_reply')).toMatchObject([{ seconds: 3600 }]);
});

test('the first reply came after the installation', () => {
  // Created on 2026-10-01 at 10:00, answered on 2026-10-02 at 10:00, which both have seen.
  const measured = measure(
    { firstReply: 24 * 60, firstReplyBusiness: 9 * 60, replies: 1 },
    becomes('2026-10-01T18:00', 'open'),
    answers('2026-10-02T10:00'),
  );
  expect(only(measured, 'first_reply')).toMatchObject([{ fromZendesk: false, seconds: 24 * 3600 }]);
  expect(only(measured, 'arrival')).toMatchObject([{ fromZendesk: true }]);
});

test('what the history has seen from the beginning, Zendesk does not count again', () => {
  const seen = [...opened('2026-11-23T09:00'), answers('2026-11-23T10:00'), becomes('2026-11-23T11:00', 'solved')];
  const zendesk = { ...solvedBefore, createdAt: at('2026-11-23T09:00'), solvedAt: at('2026-11-23T11:00') };
  expect(measure(zendesk, ...seen)).toEqual(measureTicket(seen, null, { policy, groupIdOf }));
});

test('a ticket that was never solved has only arrived', () => {
  expect(measure({}).measures.map(({ figure }) => figure)).toEqual(['arrival']);
});
