// Builds what a test of tools needs: the actions' fixture, a back office over HTTP, and an outbox that performs tools and mails.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { asc } from 'drizzle-orm';
import type { TestDatabase } from '../../../testing/test-database.ts';
import { people } from '../../directory/tables.ts';
import type { Mail, MailOutcome } from '../../mail/mail-sender.ts';
import { createOutbox } from '../../platform/outbox/outbox.ts';
import { createActionsFixture, LENA } from '../../sidebar/actions/testing/actions-fixture.ts';
import { readTicket } from '../../sidebar/card/read-ticket.ts';
import type { Agent, FindAgent, TicketCall } from '../../sidebar/index.ts';
import { ticketChanges } from '../../tickets/write/perform-effects.ts';
import type { UserAddress } from '../../zendesk/zendesk.ts';
import { askTool, showBeside } from '../ask-tool.ts';
import { runTool } from '../run-tool.ts';
import { toolRuns } from '../tables.ts';
import { toolRunKind } from '../tool-run-effect.ts';
import { checkAnswers } from '../verification/answer-action.ts';
import { checkCode, sendCode } from '../verification/code-actions.ts';
import { codeMailKind } from '../verification/code-mail.ts';
import { makeCode } from '../verification/codes.ts';
import { verificationChallenges, verifications } from '../verification/tables.ts';

const POLICY = (base: string) => `
lookups: [{ name: order_number, pattern: 'NW-\\d{5}', example: NW-12345 }]
tools:
  - id: order
    name: Order status
    request: { address: "${base}/orders/{{input.order}}", secret: office, headers: { authorization: "Bearer {{secret}}" } }
    inputs: [{ id: order, label: Order number, pattern: 'NW-\\d{5}', from: order_number }]
    show: [{ label: Status, path: $.status }, { label: Parts, path: "$.parts[*].name" }]
    allow: { tiers: [t1] }
  - id: cancel
    name: Cancel account
    kind: write
    request: { method: POST, address: "${base}/accounts/{{input.account}}/cancel", body: { why: "{{input.why}}", by: "{{agent.email}}" } }
    inputs: [{ id: account, label: Account }, { id: why, label: Reason, required: false }]
    show: [{ label: Ends on, path: $.ends }]
    allow: { agents: [Lena@northwind.test] }
    needs_verification: true
  - id: reset
    name: Reset password
    kind: write
    request: { method: POST, address: "${base}/accounts/{{customer.email}}/reset" }
    allow: { tiers: [t1] }
    confirm: "Send {{customer.email}} a new password?"
  - id: export
    name: Export
    kind: write
    request: { method: POST, address: "${base}/exports" }
    show: [{ label: All, path: "$.all[*]" }]
    allow: { tiers: [t1] }
  - id: quiet
    name: Quiet thing
    kind: write
    request: { method: POST, address: "${base}/quiet" }
    show: [{ label: All, path: "$.all[*]" }]
    allow: { tiers: [t1] }
    note: short
  - id: account
    name: Account
    request: { address: "${base}/accounts/{{customer.id}}" }
    show: [{ label: Since, path: $.since }]
    allow: { roles: [agent] }
    beside_ticket: true
verification:
  code: { most_per_customer_a_day: 3 }
  questions:
    - { id: postcode, ask: Which postcode?, tool: account, path: $.postcode }
    - { id: pet, ask: Which pet?, tool: account, path: $.pet }
`;

export type ToolsFixture = Awaited<ReturnType<typeof createToolsFixture>>;

/** `json`: instead of `body`, as it is written. */
type Reply = { status?: number; body?: unknown; json?: string; ends?: true };

export async function createToolsFixture(database: TestDatabase) {
  const { db } = database;
  const heard: { method: string; url: string; body: unknown; key: string | undefined; login: string | undefined }[] =
    [];
  const office = { reply: (_url: string): Reply | Promise<Reply> => ({ body: {} }) };
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (piece) => (text += String(piece)));
    const answer = async (): Promise<void> => {
      const { method = '', url = '', headers } = request;
      const key = headers['idempotency-key'] as string | undefined;
      heard.push({ method, url, body: text === '' ? null : JSON.parse(text), key, login: headers.authorization });
      const { status = 200, body, json = JSON.stringify(body), ends } = await office.reply(url);
      if (ends) return void request.socket.destroy();
      response.writeHead(status, { 'content-type': 'application/json' }).end(json);
    };
    request.on('end', () => void answer());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const actions = createActionsFixture(database, POLICY(base));
  const { policy, directory } = actions.deps;
  const now = { at: Date.parse('2026-03-02T15:00:00Z') };
  actions.actsAt(new Date(now.at).toISOString());
  const mails: Mail[] = [];
  const mail = { outcome: { outcome: 'accepted' } as MailOutcome, sends: true };
  const clock = () => now.at;
  const logged: object[] = [];
  /** What Zendesk says of the agent now. */
  const standing = { of: (): Awaited<ReturnType<FindAgent>> => ({ kind: 'agent', agent: LENA }) };
  /** What Zendesk has as the customer's address now. */
  const address = { in: (): UserAddress | null => ({ email: person.email, changedAt: null }) };
  const person = { id: 900, name: 'Robin', email: 'robin@shop.test', locale: 'de', suspended: false };
  const deps = {
    db,
    secrets: { office: 'hush' } as Record<string, string>,
    fetch,
    clock,
    policy,
    directory: { current: () => directory, groupId: directory.groupId, person: async () => person as never },
    zendesk: { showAddress: async () => address.in() },
    findAgent: async () => standing.of(),
    recent: new Map(),
    count: () => undefined,
    onEffect: () => undefined,
    logger: { info: ((record: object) => void logged.push(record)) as never },
  };
  const kinds = [
    toolRunKind(deps),
    codeMailKind({
      ...deps,
      policy: () => policy.current().policy,
      publicUrl: 'https://desk.test',
      makeCode,
      mail: {
        canSend: () => mail.sends,
        sender: {
          send: async (one) => {
            mails.push(one);
            return mail.outcome;
          },
          close: () => undefined,
        },
      },
    }),
    ticketChanges(actions.performDeps, actions.performDeps.limits),
  ];
  const fetchedAt = new Date(now.at);
  await db.insert(people).values([
    { ...person, role: 'end-user', fetchedAt },
    { id: LENA.id, name: LENA.name, email: LENA.email, role: 'agent', fetchedAt },
  ]);
  let requests = 0;
  const call = async (made: TicketCall, ticketId: number, agent: Agent, input: object) => {
    const found = await readTicket(db, ticketId);
    if (!found) throw new Error(`no ticket ${ticketId}`);
    return made.answer({ ...found, agent }, input);
  };
  return {
    ...actions,
    heard,
    office,
    standing,
    address,
    mails,
    mail,
    logged: [logged, actions.logged],
    deps,
    /** The time of actions and effects goes on. */
    passes: (ms: number) => {
      now.at += ms;
      actions.actsAt(new Date(now.at).toISOString());
    },
    now: () => new Date(now.at),
    asks: (tool: string, inputs: object, { agent = LENA, dryRun = false } = {}) =>
      call(askTool(deps), 42, agent, { toolId: tool, inputs, dryRun }),
    sees: (tool: string, agent = LENA) => call(showBeside(deps), 42, agent, { toolId: tool }),
    runs: (toolId: string, inputs: object = {}, { agent = LENA, requestId = `request-${++requests}` } = {}) =>
      actions.performs(runTool, 42, agent, { toolId, inputs, requestId }),
    sendsCode: (ticketId = 42, requestId = `request-${++requests}`) =>
      actions.performs(sendCode(deps), ticketId, LENA, { requestId }),
    says: (code: string, ticketId = 42) => actions.performs(checkCode, ticketId, LENA, { code }),
    answers: (answers: object, requestId = `request-${++requests}`, agent = LENA) =>
      actions.performs(checkAnswers(deps), 42, agent, { answers, requestId }),
    work: () => createOutbox({ ...actions.performDeps, kinds }).perform(),
    lastCode: () => /\b\d{6}\b/.exec(mails.at(-1)?.text ?? '')?.[0] ?? 'none',
    rows: () => db.select().from(toolRuns).orderBy(asc(toolRuns.id)),
    challenges: () => db.select().from(verificationChallenges).orderBy(asc(verificationChallenges.id)),
    outcomes: () => db.select().from(verifications).orderBy(asc(verifications.id)),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
