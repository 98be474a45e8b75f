import { aCardPolicy, anAgent } from '../card/testing/card-fixture.ts';
import { newTicketGuidance } from './new-ticket-guidance.ts';

const STEP = {
  kind: 'paragraph',
  text: [{ kind: 'text', text: 'Hello {{ticket.requester.first_name}}, I am {{current_user.first_name}}.' }],
} as const;
const guide = (title: string) => ({ title, blocks: [STEP], steps: 0 });

describe('guidance for a ticket that is not saved yet', () => {
  const policy = aCardPolicy('', { bug: guide('Something does not work'), refunds: guide('Money') });
  const { toneOfVoice, categories } = newTicketGuidance(policy, anAgent());

  it('names categories as the card of a ticket does, in the order of the policy', () => {
    expect(categories.map(({ categoryId, title }) => [categoryId, title])).toEqual([
      ['refunds', 'Refund'],
      ['bug', 'Bug'],
    ]);
  });

  it("contains the agent's name and no customer", () => {
    expect(toneOfVoice).toBe('Warm, plain and honest.');
    expect(categories[0]?.blocks).toEqual([
      { kind: 'paragraph', text: [{ kind: 'text', text: 'Hello there, I am Lena.' }] },
    ]);
  });
});
