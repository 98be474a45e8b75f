// Tests the question before a reply is sent.
import type { ReplyCheck } from '@deskwright/shared/contract';
import { act } from '@testing-library/react';
import { aService, type FakeAnswer, ok, refusal } from '../../testing/fake-service.ts';
import { showSidebar, withFixedClock } from '../../testing/show-sidebar.tsx';

withFixedClock();

const CHECK = 'POST /api/reply-check';
const FINE: ReplyCheck = { promises: [], avoid: [] };
const open = async (answer: FakeAnswer, parts: Parameters<typeof showSidebar>[0] = {}) => {
  const service = aService();
  service.answer(CHECK, answer);
  return showSidebar({ service, ...parts });
};
const reply = (comment: unknown) => ({ comment, commentType: 'publicReply' as const });

it('sends a reply with nothing to look at', async () => {
  const { zendesk, service } = await open(ok(FINE));
  expect(await zendesk.save(reply('<p>It is on its way.</p><p>Ann</p>'))).toBeNull();
  expect(service.calls.find(({ path }) => path === '/api/reply-check')?.body).toEqual({
    text: 'It is on its way.\nAnn',
  });
});

it('asks once about a blank, a promise without a date and phrases to avoid', async () => {
  const avoid = [{ phrase: 'calm down', instead: null }];
  const { zendesk } = await open(ok({ promises: ['I will get back to you.'], avoid }));
  const written = reply('Calm down, [name]. I will get back to you.');
  expect(await zendesk.save(written)).toBe(
    'Before you send: Not filled in: [name]. Promise without a date: “I will get back to you.” Avoid “calm down”. Send anyway? Submit again.',
  );
  expect(await zendesk.save(written)).toBeNull();
  zendesk.send('ticket.submit.done');
  expect(await zendesk.save(written)).toContain('Send anyway?');
});

it('asks again only about what is new, and on another ticket about everything', async () => {
  const { zendesk, pass } = await open(ok(FINE));
  expect(await zendesk.save(reply('[name]'))).toContain('[name]');
  await act(async () => zendesk.send('context.updated', { location: 'ticket_sidebar', ticketId: 42 }));
  expect(await zendesk.save(reply('[name] again'))).toBeNull();
  expect(await zendesk.save(reply('[name] [day]'))).toContain('[day]');
  await act(async () => zendesk.send('ticket.id.changed', 43));
  await pass(0);
  expect(await zendesk.save(reply('[name] [day]'))).toContain('[day]');
});

it('asks about the rest once what was shown is mended, and sends the same text submitted again', async () => {
  const avoid = ['one', 'two', 'three', 'four'].map((phrase) => ({ phrase, instead: null }));
  const { zendesk, service } = await open(ok({ promises: [], avoid }));
  expect(await zendesk.save(reply('One, two, three, four'))).toContain('Avoid “three”. Send anyway?');
  expect(await zendesk.save(reply('One, two, three, four'))).toBeNull();
  service.answer(CHECK, ok({ promises: [], avoid: avoid.slice(3) }));
  expect(await zendesk.save(reply('Four'))).toContain('Avoid “four”');
});

it.each<[string, FakeAnswer]>([
  ['is away', 'no network'],
  ['fails', refusal(500, 'internal')],
  ['refuses the session', refusal(401, 'token_invalid')],
])('keeps nothing back when the service %s, and still finds blanks', async (_, answer) => {
  const { zendesk } = await open(answer);
  expect(await zendesk.save(reply('I will get back to you.'))).toBeNull();
  expect(await zendesk.save(reply('Hi [name]'))).toContain('[name]');
});

it('does not wait for a service that does not answer', async () => {
  const { zendesk, pass } = await open('never');
  const saving = zendesk.save(reply('I will get back to you.'));
  await pass(2_000);
  expect(await saving).toBeNull();
});

it.each([
  ['an internal note', { comment: '[name]', commentType: 'internalNote' as const }],
  ['no comment', reply('<p><br></p>')],
  ['what is not text', reply(undefined)],
])('never asks for %s', async (_, written) => {
  const { zendesk, service } = await open(ok({ promises: ['x'], avoid: [] }));
  expect(await zendesk.save(written)).toBeNull();
  expect(service.calls.filter(({ path }) => path === '/api/reply-check')).toEqual([]);
});

it('keeps nothing back when Zendesk does not say what is written', async () => {
  const { zendesk } = await open(ok(FINE), { refuses: ['get comment'] });
  expect(await zendesk.save(reply('[name]'))).toBeNull();
});

it('asks before a new ticket is saved, in the agent’s language', async () => {
  const { zendesk } = await open(ok(FINE), {
    locale: 'de',
    context: { location: 'new_ticket_sidebar', ticketId: null },
  });
  expect(await zendesk.save(reply('Hallo [Name]'))).toBe(
    'Vor dem Senden: Nicht ausgefüllt: [Name]. Trotzdem senden? Senden Sie erneut ab.',
  );
});
