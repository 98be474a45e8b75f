import type { Logger } from './logging/logger.ts';
import type { WebhookSilence } from './pipeline/find-webhook-silence.ts';
import { watchWebhooks } from './readiness-webhooks.ts';

const SILENCE: WebhookSilence = { lastHeardAt: null, missed: 3, firstMissedAt: new Date('2026-03-02T09:04:00Z') };

function aWatch({ wrongSignatures = 0 } = {}) {
  const logged: string[] = [];
  let silence: WebhookSilence | null = null;
  const note = (level: string) => (_fields: unknown, message: string) => void logged.push(`${level}: ${message}`);
  const logger = { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') };
  const watch = watchWebhooks({
    find: async () => silence,
    wrongSignatures: async () => wrongSignatures,
    endpoint: 'https://deskwright.example.com/webhooks/zendesk',
    logger: logger as unknown as Logger,
  });
  return { watch, logged, become: (now: WebhookSilence | null) => (silence = now) };
}

test('while webhooks come, or nothing happens, nothing is said', async () => {
  const { watch, logged } = aWatch();
  await watch.report();
  expect([await watch.check(), logged]).toEqual([{ ok: true }, []]);
});

test('silence is a warning that says since when and what to check, never a reason to send no traffic', async () => {
  const { watch, become } = aWatch();
  become(SILENCE);
  expect(await watch.check()).toEqual({
    ok: true,
    warning: expect.stringMatching(
      /none ever came, and since 2026-03-02T09:04:00.000Z only the export brought 3 changes.* endpoint is https:\/\/deskwright.example.com\/webhooks\/zendesk .*npx deskwright webhook/,
    ),
  });

  become({ ...SILENCE, missed: 1, lastHeardAt: new Date('2026-03-02T08:00:00Z') });
  expect(await watch.check()).toMatchObject({
    warning: expect.stringMatching(/the last one came at 2026-03-02T08:00:00.000Z, .* brought a change,/),
  });
});

test('a wrong secret is told as what it is', async () => {
  const { watch, become } = aWatch({ wrongSignatures: 4 });
  become(SILENCE);
  expect(await watch.check()).toMatchObject({
    warning: expect.stringMatching(/wrong signature came \(4\): check that ZENDESK_WEBHOOK_SECRET/),
  });
});

test('the log hears once that it begins and once that it ends', async () => {
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
