// A journey with a mail server that cannot be reached at first.
import { explainTicket } from '../../src/cli/explain-ticket.ts';
import { createTcpProxy, type TcpProxy } from '../../src/platform/testing/tcp-proxy.ts';
import { sendInvitationsJob } from '../../testing/all-jobs.ts';
import { noRules } from '../../testing/builders.ts';
import { agent, customer } from '../../testing/people-at-zendesk.ts';
import { type Harness, startHarness, until } from '../../testing/start-harness.ts';

let harness: Harness;
let proxy: TcpProxy;
beforeAll(async () => {
  harness = await startHarness({
    reachMail: async (smtpUrl) => {
      proxy = await createTcpProxy(smtpUrl);
      await proxy.shut();
      return proxy.url;
    },
  });
});
afterAll(async () => {
  await harness.stop();
  await proxy.shut();
});

async function ready() {
  const response = await fetch(`${harness.serviceUrl}/readyz`);
  const { checks } = (await response.json()) as { checks: Record<string, { warning?: string }> };
  return { status: response.status, mail: checks['mail']?.warning };
}

async function explained(ticketId: number): Promise<string> {
  const printed: string[] = [];
  await explainTicket({
    db: harness.database.db,
    ticketId,
    json: false,
    readRules: noRules,
    words: null,
    out: (line) => printed.push(line),
  });
  return printed.join('\n');
}

test('a mail server that cannot be reached is told, surveys wait for it, and are sent when it is there', async () => {
  await until('the start tells', async () => (await ready()).mail);
  const address = 'nora@customer.test';
  const id = await customer(harness, address).opens('Newsletter', 'How do I get the newsletter?');
  await until('the ticket is decided', () =>
    harness.zendesk.account.tickets.find(id)?.tags.some((tag) => tag.startsWith('category__')),
  );
  await agent(harness).solves(id);

  await until('the survey waits', async () => (await ready()).mail?.includes('1 survey waits'));
  const { status, mail } = await ready();
  expect(status).toBe(200);
  expect(mail).toMatch(/^mail cannot be sent since \d{4}-\S+: 127\.0\.0\.1:\d+ \(SMTP_URL\) refuses the connection/);
  expect(await explained(id)).toMatch(/csat +scheduled: due .+; it waits, because mail cannot be sent since \d{4}-/);

  await proxy.open();
  await harness.stopService();
  await harness.startService();
  await until('the survey arrives', async () => {
    await harness.queue.enqueue(sendInvitationsJob, {});
    return harness.zendesk.mail.list({ to: address })[0];
  });
  await until('nothing is told any more', async () => (await ready()).mail === undefined);
});
