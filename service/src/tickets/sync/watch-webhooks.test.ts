import type { Logger } from '../../platform/logging/logger.ts';
import { type WebhookLoss, type WebhookSilence, watchWebhooks } from './watch-webhooks.ts';

const SILENCE: WebhookSilence = { lastArrivedAt: null, missed: 3, firstMissedAt: new Date('2026-03-02T09:04:00Z') };

function aWatch({ wrongSignatures = 0 }: { wrongSignatures?: number | null } = {}) {
  const logged: string[] = [];
  const fields: object[] = [];
  let silence: WebhookSilence | null = null;
  let loss: WebhookLoss | null = null;
  const note = (level: string) => (about: object, message: string) => {
    logged.push(`${level}: ${message}`);
    fields.push(about);
  };
  const logger = { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') };
  const watch = watchWebhooks({
    find: async () => silence,
    findLoss: async () => loss,
    wrongSignatures: wrongSignatures === null ? null : async () => wrongSignatures,
    endpoint: 'https://deskwright.example.com/webhooks/zendesk',
    logger: logger as unknown as Logger,
  });
  return {
    watch,
    logged,
    fields,
    become: (now: WebhookSilence | null) => (silence = now),
    lose: (now: WebhookLoss | null) => (loss = now),
  };
}

test('says nothing while webhooks arrive or nothing happens', async () => {
  const { watch, logged } = aWatch();
  await watch.report();
  expect([await watch.check(), logged]).toEqual([{ ok: true }, []]);
});

test('warns of silence with its start and what to check, and keeps the service ready', async () => {
  const { watch, become } = aWatch();
  become(SILENCE);
  expect(await watch.check()).toEqual({
    ok: true,
    warning: expect.stringMatching(
      /none has ever arrived, and since 2026-03-02T09:04:00.000Z 3 changes were found only in the export.* endpoint is https:\/\/deskwright.example.com\/webhooks\/zendesk .*npx deskwright webhook/,
    ),
  });

  become({ ...SILENCE, missed: 1, lastArrivedAt: new Date('2026-03-02T08:00:00Z') });
  expect(await watch.check()).toMatchObject({
    warning: expect.stringMatching(
      /the last one arrived at 2026-03-02T08:00:00.000Z, .* a change was found only in the export,/,
    ),
  });
});

const ADVICE = /is active, that its endpoint is .* subscribes to .*, and that ZENDESK_WEBHOOK_SECRET is its secret/;

test('reports requests signed with another secret beside everything else to check, as they need not be the cause', async () => {
  const { watch, become } = aWatch({ wrongSignatures: 4 });
  become(SILENCE);
  const { warning } = (await watch.check()) as { warning: string };
  expect(warning).toMatch(ADVICE);
  expect(warning).toMatch(/4 requests signed with another secret arrived since this process started/);
});

test.each([
  ['none came', 0],
  ['the process takes no webhooks', null],
])('%s: reports no request, and the secret is still one of the things to check', async (_, wrongSignatures) => {
  const { watch, become } = aWatch({ wrongSignatures });
  become(SILENCE);
  const { warning } = (await watch.check()) as { warning: string };
  expect(warning).toMatch(ADVICE);
  expect(warning).not.toMatch(/another secret/);
});

test('logs no number where the process receives no webhooks', async () => {
  const [web, worker] = [aWatch({ wrongSignatures: 2 }), aWatch({ wrongSignatures: null })];
  for (const { watch, become } of [web, worker]) {
    become(SILENCE);
    await watch.report();
  }
  expect(web.fields).toEqual([expect.objectContaining({ wrongSignatures: 2 })]);
  expect(worker.fields).toEqual([expect.not.objectContaining({ wrongSignatures: expect.anything() })]);
});

test('logs once when it starts and once when it ends', async () => {
  const { watch, logged, become } = aWatch();
  become(SILENCE);
  await watch.report();
  await watch.report();
  become(null);
  await watch.report();
  await watch.report();
  expect(logged.map((line) => line.split(';')[0])).toEqual([
    "warn: Zendesk's webhook does not reach this service",
    "info: Zendesk's webhook reaches this service again",
  ]);
});

test('reports webhooks of which only some arrive differently from silence, with the delay, once each', async () => {
  const { watch, logged, lose } = aWatch();
  lose({ missed: 514, reported: 72, behindMs: 61_000 });
  await watch.report();
  await watch.report();
  expect(await watch.check()).toEqual({
    ok: true,
    warning: expect.stringMatching(
      /reported 72 changes, and another 514 were found only in the export, .* is 61 s older .*throttles/,
    ),
  });

  lose(null);
  await watch.report();
  expect(logged.map((line) => line.split(',')[0])).toEqual([
    'warn: Zendesk sends only some of its webhooks',
    'info: Zendesk sends all of its webhooks again',
  ]);
});
