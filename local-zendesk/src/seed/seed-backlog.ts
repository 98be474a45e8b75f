// Fills the account with a backlog of tickets.
import type { Account } from '../account/account.ts';
import { expectOk } from '../account/result.ts';
import type { NewTicket } from '../account/ticket-input.ts';
import type { User } from '../account/types.ts';
import { takePatch } from '../actions/agent-actions.ts';
import { pick, type Random } from '../random.ts';
import { composeMessage } from './compose-message.ts';
import type { Customer } from './draw-customers.ts';
import { CHASERS, NOTES, PROMISES, QUESTIONS, SOLUTIONS } from './phrases/replies.ts';
import type { MessageRow } from './read-messages-file.ts';
import type { People } from './seed-people.ts';
import type { Fields } from './seed-rules.ts';
import { drawOpenStory, drawSolvedStory, type TicketStory } from './ticket-story.ts';

/** What a person would call it; by ticket id, for tests and reports only. */
export type Labels = Map<number, { category: string; intent: string | null }>;

interface BacklogOptions {
  account: Account;
  people: People;
  fields: Fields;
  customers: readonly Customer[];
  random: Random;
  /** Epoch milliseconds: the backlog ends here. */
  now: number;
  open: number;
  solved: number;
  /** Takes the open tickets' messages from a file instead of composing them; then `open` does not count. */
  rows?: readonly MessageRow[] | undefined;
}

interface Draft {
  ticket: Pick<NewTicket, 'subject' | 'custom_fields'>;
  message: string;
  label: { category: string; intent: string | null };
}

/** Lives through the last days: customers write and chase, agents answer and solve. Returns the intended categories. */
export function seedBacklog(options: BacklogOptions): Labels {
  const { random, now, rows, open, solved } = options;
  const timeline = createTimeline();
  const labels: Labels = new Map();
  const seed = (draft: Draft, story: TicketStory) =>
    timeline.at(story.createdAt, () => {
      const id = openTicket(options, draft, story.createdAt);
      labels.set(id, draft.label);
      if (story.answer !== null) addAnswer(options, timeline, id, story);
      for (const at of story.chasedAt) timeline.at(at, () => chase(options, id, story, at));
    });

  for (const draft of rows?.map(fromRow) ?? times(open, () => composed(options)))
    seed(draft, drawOpenStory(random, now));
  for (const draft of times(solved, () => composed(options))) seed(draft, drawSolvedStory(random, now));
  timeline.play();
  return labels;
}

const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

function fromRow({ message, category, intent }: MessageRow): Draft {
  const subject = message.length <= 60 ? message : `${message.slice(0, message.lastIndexOf(' ', 58)).slice(0, 58)}…`;
  return { ticket: { subject }, message, label: { category, intent } };
}

function composed({ random, fields }: BacklogOptions): Draft {
  const { subject, message, category, line } = composeMessage(random);
  const filled = line !== null && random() < 0.25;
  return {
    ticket: { subject, ...(filled ? { custom_fields: [{ id: fields.productLine, value: `product_${line}` }] } : {}) },
    message,
    label: { category, intent: null },
  };
}

function openTicket({ account, customers, people, random }: BacklogOptions, draft: Draft, at: number): number {
  const { email, name, organization } = pick(random, customers);
  const organization_id = organization === null ? null : (people.organizationIds[organization] ?? null);
  const customer =
    account.users.findByEmail(email) ??
    expectOk(
      account.users.create(
        { name, email, role: 'end-user', verified: true, organization_id },
        { id: account.ownerId, at },
      ),
    );
  const input = { ...draft.ticket, comment: { body: draft.message, public: true }, requester_id: customer.id };
  return expectOk(
    account.tickets.create(input, { id: customer.id, channel: pick(random, ['email', 'email', 'web']), at }),
  ).ticket.id;
}

function addAnswer(
  { account, people, random }: BacklogOptions,
  timeline: ReturnType<typeof createTimeline>,
  id: number,
  story: TicketStory,
) {
  const { answer, noteAt } = story;
  if (answer === null) return;
  const agent = pick(random, people.staff);
  const texts = answer.status === 'solved' ? SOLUTIONS : answer.status === 'pending' ? QUESTIONS : PROMISES;
  const body = pick(random, texts);
  timeline.at(answer.at, () => {
    const { status, at } = answer;
    const comment = { body: signed(body, account, id, agent), public: true };
    expectOk(account.tickets.update(id, { comment, status, ...takePatch(account, agent, null) }, { id: agent.id, at }));
  });
  if (noteAt !== null) {
    const comment = { body: pick(random, NOTES), public: false };
    timeline.at(noteAt, () => void expectOk(account.tickets.update(id, { comment }, { id: agent.id, at: noteAt })));
  }
}

function signed(text: string, account: Account, ticketId: number, agent: User): string {
  const requester = account.users.find(account.tickets.find(ticketId)?.requester_id ?? 0);
  const firstName = (name: string | undefined) => name?.split(' ')[0] ?? '';
  return text.replaceAll('{name}', firstName(requester?.name)).replaceAll('{agent}', firstName(agent.name));
}

function chase({ account, random }: BacklogOptions, id: number, story: TicketStory, at: number) {
  const ticket = account.tickets.find(id);
  if (ticket === undefined) return;
  const days = Math.max(1, Math.floor((at - story.createdAt) / 86_400_000));
  const body = pick(random, CHASERS).replace('{days}', String(days)).replace('{weekday}', 'friday');
  expectOk(
    account.tickets.update(id, { comment: { body, public: true } }, { id: ticket.requester_id, channel: 'email', at }),
  );
}

interface Timeline {
  /** Does it later, at its turn; `at` is epoch milliseconds. */
  at(at: number, run: () => void): void;
  /** Does everything in the order of time; what is added meanwhile is done too. */
  play(): void;
}

/** Ids and audits must rise with time, as if the account had lived through it. */
function createTimeline(): Timeline {
  let moments: { at: number; run: () => void }[] = [];
  return {
    at: (at, run) => void moments.push({ at, run }),
    play() {
      while (moments.length > 0) {
        const now = moments.toSorted((a, b) => a.at - b.at);
        moments = [];
        for (const { run } of now) run();
      }
    },
  };
}
