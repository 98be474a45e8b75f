import { eventsOfChange } from '../../webhooks/events-of-change.ts';
import { expectOk } from '../result.ts';
import { anAccount } from '../testing/an-account.ts';

function aCommentedTicket() {
  const { account, aTicket, byAgent, changes } = anAccount();
  aTicket();
  account.tickets.update(1, { comment: { body: 'My card is 4242.', public: true } }, byAgent);
  const comments = () => account.tickets.comments(1);
  const lastEvents = () => eventsOfChange(changes.at(-1)!, () => 'Rosa');
  return { account, byAgent, comments, lastEvents };
}

it('records that a comment became private, without saying which', () => {
  const { account, byAgent, comments, lastEvents } = aCommentedTicket();
  const { id } = comments().at(-1)!;

  expectOk(account.tickets.makeCommentPrivate(1, id, byAgent));

  expect(comments().at(-1)).toMatchObject({ id, public: false });
  expect(lastEvents()).toEqual([{ type: 'ticket.comment_made_private', event: {} }]);
  expect(account.tickets.audits(1).at(-1)?.events).toMatchObject([
    { type: 'CommentPrivacyChange', comment_id: id, public: false },
  ]);
});

it('removes redacted words from the comment and its audit', () => {
  const { account, byAgent, comments, lastEvents } = aCommentedTicket();
  const { id } = comments().at(-1)!;

  expectOk(account.tickets.redactComment(1, id, ['4242'], byAgent));

  expect(comments().at(-1)?.body).toBe('My card is ▇▇▇▇.');
  expect(JSON.stringify(account.tickets.audits(1))).not.toContain('4242');
  expect(lastEvents()).toEqual([{ type: 'ticket.comment_redacted', event: { comment: { id: String(id) } } }]);
});

it('removes words redacted in the first comment from the description', () => {
  const { account, byAgent, comments, lastEvents } = aCommentedTicket();
  const [first] = comments();

  expectOk(account.tickets.redactComment(1, first!.id, [first!.body], byAgent));

  expect(account.tickets.find(1)?.description).toBe('▇'.repeat(first!.body.length));
  expect(lastEvents().map(({ type }) => type)).toEqual(['ticket.comment_redacted', 'ticket.description_changed']);
});

it('refuses to redact words that are not in the comment', () => {
  const { account, byAgent, comments } = aCommentedTicket();

  expect(account.tickets.redactComment(1, comments()[0]!.id, ['elsewhere'], byAgent)).toMatchObject({
    ok: false,
    refusal: { kind: 'invalid' },
  });
});
