import { z } from 'zod';
import { type ActionContext, DONE } from './action.ts';
import { answerRepeated, defineTool, SENT_FOR_ANOTHER } from './define-tool.ts';
import { LENA, OMAR } from './testing/actions-fixture.ts';

test.each([
  ['once', true, 1],
  ['not at all', false, 0],
])('whether the customer is verified is read %s, as the tool asks for it', async (_, asks, reads) => {
  const isVerified = jest.fn(() => Promise.resolve(true));
  const tool = defineTool(isVerified, {
    name: 'a_tool',
    path: '/tool',
    body: z.object({ requestId: z.string() }),
    effect: 'an_effect',
    findSent: () => Promise.resolve(undefined),
    isSame: () => true,
    perform: async ({ isCustomerVerified }) => (asks && !(await isCustomerVerified()) ? SENT_FOR_ANOTHER : DONE),
    audit: () => ({}),
  });
  const context = { ticket: { id: 42 }, now: new Date(0) } as unknown as ActionContext;
  expect(await tool.perform(context, { requestId: 'a-request' })).toEqual(DONE);
  expect(isVerified).toHaveBeenCalledTimes(reads);
});

test.each([
  ['never sent', undefined, LENA, true, null],
  ['sent for the same', { ticketId: 42, agentId: LENA.id }, LENA, true, DONE],
  ['sent for something else', { ticketId: 42, agentId: LENA.id }, LENA, false, SENT_FOR_ANOTHER],
  ['sent on another ticket', { ticketId: 43, agentId: LENA.id }, LENA, true, SENT_FOR_ANOTHER],
  ['sent by another agent', { ticketId: 42, agentId: LENA.id }, OMAR, true, SENT_FOR_ANOTHER],
])('a form that was %s before', (_, sent, agent, isSame, answer) => {
  expect(answerRepeated(sent, { ticketId: 42, agent }, () => isSame)).toEqual(answer);
});
