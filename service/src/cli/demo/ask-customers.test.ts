// Checks what the demo shows of NPS at a local Zendesk: mails, customers who answer, Slack, the report.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createRandom,
  createSurveyTakers,
  type LocalZendesk,
  slackWebhookPath,
  startLocalZendesk,
} from '@deskwright/local-zendesk';
import { loadPolicy } from '@deskwright/shared';
import express from 'express';
import { examplePolicyText, silentLogger } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { people } from '../../directory/tables.ts';
import { createSmtpMailSender } from '../../mail/create-smtp-mail-sender.ts';
import { createOutbox } from '../../platform/outbox/outbox.ts';
import { policyInForce } from '../../policy/policy-in-force.ts';
import { makeSurveyReport } from '../../reports/surveys/survey-report.ts';
import { createSlackSender } from '../../slack/create-slack-sender.ts';
import { slackEffect } from '../../slack/slack-effect.ts';
import { createSurveyRouter } from '../../surveys/pages/create-survey-router.ts';
import { sendDueInvitations } from '../../surveys/send-due-invitations.ts';
import { tellAnswers } from '../../surveys/telling/tell-answers.ts';
import { aRequester } from '../../surveys/testing/survey-fixtures.ts';
import { startDemoCampaign } from './ask-customers.ts';

const loaded = loadPolicy(examplePolicyText(), 'deskwright.yaml');
if (!loaded.ok) throw new Error('The example policy has mistakes.');
const { policy } = loaded;
const CUSTOMERS = 24;
const CHANNELS = [...new Set((policy.surveys.nps?.slack ?? []).map(({ channel }) => channel))];
/** Later than every mail of the campaign. */
const passed = 21 * 60_000;

let database: TestDatabase;
let zendesk: LocalZendesk;
let server: Server;
let serviceUrl: string;
beforeAll(async () => {
  database = await createTestDatabase();
  zendesk = await startLocalZendesk({ port: 0, smtpPort: 0, backlog: 0, seed: 'empty', trickle: { start: 'off' } });
  const { db } = database;
  const pages = { db, policy: () => policy, clock, randomBytes, visitKey: Buffer.from('a key'), logger: silentLogger };
  server = express().use(createSurveyRouter(pages)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  serviceUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ids = Array.from({ length: CUSTOMERS }, (_, index) => 500 + index);
  await db.insert(people).values(ids.map((id) => ({ ...aRequester({ id }), fetchedAt: new Date() })));
});
afterAll(async () => {
  server.close();
  await zendesk.stop();
  await database.drop();
});

let later = 0;
const clock = () => Date.now() + later;

test('customers answer the mails of the campaign, Slack fills, and the report has the score', async () => {
  const { db } = database;
  const printed = await startDemoCampaign(db, { serviceUrl, zendeskUrl: zendesk.url }, policy, new Date(clock()));
  expect(printed).toContain(`surveys ${CUSTOMERS} customers within 20m`);
  expect(printed).toContain(`${serviceUrl}/company/`);

  later = passed;
  const mail = createSmtpMailSender({ url: zendesk.smtpUrl, from: 'support@northwind.test' });
  const person = async (id: number) => aRequester({ id });
  const sending = { db, mail, person, nameOf: () => null, policy: () => policy, publicUrl: serviceUrl };
  await sendDueInvitations({ ...sending, clock, randomBytes, logger: silentLogger });
  mail.close();
  expect(zendesk.mail.list()).toHaveLength(CUSTOMERS);

  const takers = createSurveyTakers({ mailbox: zendesk.mail, random: createRandom(1), now: clock, lieMs: 0 });
  let answers = 0;
  for (let looks = 0; looks < CUSTOMERS; looks += 1) if ((await takers.look()) === 'answered') answers += 1;
  expect(answers).toBeGreaterThan(5);

  const told = {
    db,
    policy: () => policy,
    zendesk: zendesk.url,
    hasAddress: (name: string) => CHANNELS.includes(name),
  };
  // Those that may be a machine's are told an hour later.
  later += 61 * 60_000;
  const messages = await tellAnswers({ ...told, organizationName: () => null, onEffect: () => undefined, clock });
  expect(messages).toBeGreaterThan(0);
  const sender = createSlackSender(
    Object.fromEntries(CHANNELS.map((name) => [name, zendesk.url + slackWebhookPath(name)])),
  );
  const kind = slackEffect({ sender, country: () => 'US', clock: Date.now, limits: { workMs: 0 } });
  await createOutbox({ db, kinds: [kind], logger: silentLogger, random: () => 0.5 }).perform();
  expect(JSON.stringify(zendesk.slack.posts())).toContain('NPS');

  const inForce = policyInForce({ current: () => ({ ...loaded, guidance: new Map() }) }).current();
  const now = new Date(clock());
  const deps = { db, policy: inForce, now, link: null, ticketUrl: String };
  const report = await makeSurveyReport(deps, { survey: 'nps', length: 'quarter', within: now.getTime() });
  expect(report.summary.join(' ')).toContain(`of ${answers} answers`);
  expect(report.summary.join(' ')).toContain(`${answers} of ${CUSTOMERS} surveys sent in the period were answered`);
});
