import { factsFromZendeskTicket } from './ticket-file.ts';

const NOW = Date.UTC(2026, 10, 24);
const ticket = {
  id: 42,
  subject: 'Money back',
  description: 'The tent leaks.',
  tags: ['vip'],
  status: 'open',
  priority: 'high',
  type: 'question',
  via: { channel: 'email' },
  created_at: '2026-11-23T12:00:00Z',
  custom_fields: [
    { id: 900, value: 'tent' },
    { id: 901, value: null },
    { id: 902, value: ['a', 'b'] },
  ],
  group_id: 7,
};

describe('facts from a Zendesk ticket', () => {
  it('are the values of the REST API, and empty where it returns only an id', () => {
    expect(factsFromZendeskTicket(ticket, 1, NOW)).toEqual({
      now: NOW,
      ticketId: 42,
      subject: 'Money back',
      description: 'The tent leaks.',
      comment: 'The tent leaks.',
      tags: ['vip'],
      status: 'open',
      priority: 'high',
      type: 'question',
      via: 'email',
      group: null,
      assignee: null,
      requester: null,
      requesterEmail: null,
      organization: null,
      brand: null,
      form: null,
      language: null,
      createdAt: Date.UTC(2026, 10, 23, 12),
      waitingSince: Date.UTC(2026, 10, 23, 12),
      customFields: { 900: 'tent', 901: null, 902: ['a', 'b'] },
    });
  });

  it('are read from an object with a ticket too, and from a subject alone', () => {
    expect(factsFromZendeskTicket({ ticket }, 1, NOW).ticketId).toBe(42);
    expect(factsFromZendeskTicket({ subject: 'Hi' }, 3, NOW)).toMatchObject({
      ticketId: 3,
      description: '',
      status: 'new',
      createdAt: NOW,
    });
  });

  it('use the first comment of a ticket to be created as its description', () => {
    const facts = factsFromZendeskTicket(
      { subject: 'Hi', comment: { body: 'My tent' }, requester: { name: 'Robin', email: 'robin@example.com' } },
      1,
      NOW,
    );

    expect(facts).toMatchObject({ description: 'My tent', requester: 'Robin', requesterEmail: 'robin@example.com' });
  });

  it('have no waiting customer when the ticket is pending, on hold or solved', () => {
    expect(factsFromZendeskTicket({ ...ticket, status: 'pending' }, 1, NOW).waitingSince).toBeNull();
  });

  it.each([
    [{ channel: 33, source: {} }, 'voice'],
    [{ channel: 4 }, 'email'],
    [{ channel: 'mail' }, 'email'],
    [{ channel: 'email' }, 'email'],
    [{ channel: null }, null],
    ['mail', 'email'],
    [4, 'email'],
    [[], null],
    [null, null],
  ])("name the channel in the policy's terms: %j", (via, word) => {
    expect(factsFromZendeskTicket({ ...ticket, via }, 1, NOW).via).toBe(word);
  });

  it('read custom fields under custom_fields and fields', () => {
    const { custom_fields: fields, ...rest } = ticket;
    expect(factsFromZendeskTicket({ ...rest, fields }, 1, NOW).customFields).toEqual(
      factsFromZendeskTicket(ticket, 1, NOW).customFields,
    );
  });

  it.each(['deleted', 'archived', 'scrubbed', 'ARCHIVED'])('treat a ticket that is %s as closed', (status) => {
    expect(factsFromZendeskTicket({ ...ticket, status }, 1, NOW).status).toBe('closed');
  });

  it('accept a status in capitals, as in events', () => {
    expect(factsFromZendeskTicket({ ...ticket, status: 'OPEN' }, 1, NOW).status).toBe('open');
  });

  it.each([
    [[], 'not a ticket'],
    ['text', 'not a ticket'],
    [{}, 'neither subject nor description'],
    [{ ...ticket, subject: 5 }, 'subject must be text'],
    [{ ...ticket, status: 'asleep' }, 'status "asleep" is not one of new, open'],
    [{ ...ticket, tags: 'vip' }, 'tags must be a list'],
    [{ ...ticket, created_at: 'yesterday' }, 'created_at "yesterday" is not a valid time'],
    [{ ...ticket, custom_fields: {} }, 'custom_fields must be a list'],
  ])('are refused for %j', (json, message) => {
    expect(() => factsFromZendeskTicket(json, 1, NOW)).toThrow(message);
  });
});
