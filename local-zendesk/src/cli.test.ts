import { type CliIo, main } from './cli.ts';
import { optionsFromFlags } from './flags.ts';

function anIo() {
  const seen = { out: [] as string[], err: [] as string[], exitCode: 0, stop: () => undefined as void };
  const io: CliIo = {
    out: (text) => void seen.out.push(text),
    err: (text) => void seen.err.push(text),
    onStopSignal: (stop) => void (seen.stop = stop),
    setExitCode: (code) => void (seen.exitCode = code),
  };
  return { io, seen };
}

const run = (flags: string[], io: CliIo) =>
  main(['node', 'local-zendesk', '--port', '0', '--smtp-port', '0', ...flags], io);

test('--json prints one line with the addresses when ready, and a signal stops it', async () => {
  const { io, seen } = anIo();
  const zendesk = await run(['--backlog', '5', '--json'], io);
  expect(seen.out).toHaveLength(1);
  const line = JSON.parse(seen.out[0] ?? '') as { url: string; smtpUrl: string };
  expect(line).toMatchObject({ url: zendesk?.url, smtpUrl: zendesk?.smtpUrl, pid: process.pid });
  expect((await fetch(line.url)).status).toBe(200);
  seen.stop();
  await zendesk?.stop();
  await expect(fetch(line.url)).rejects.toThrow('fetch failed');
});

test('without --json it prints the addresses as text', async () => {
  const { io, seen } = anIo();
  const zendesk = await run(['--seed', 'empty', '--trickle', 'off'], io);
  expect(seen.out.join()).toContain(`${zendesk?.url}/agent`);
  await zendesk?.stop();
});

test('moves to the next port when one is taken, and says so', async () => {
  const first = anIo();
  const one = await run(['--seed', 'empty'], first.io);
  const taken = new URL(one?.url ?? '').port;
  const second = anIo();
  const two = await main(['node', 'x', '--seed', 'empty', '--port', taken, '--smtp-port', '0'], second.io);
  expect(second.seen.out.join()).toContain(`(port ${taken} was taken)`);
  await one?.stop();
  await two?.stop();
});

test('exits with code 2 and names the file when the messages file is invalid', async () => {
  const { io, seen } = anIo();
  expect(await run(['--messages', '/no/such.csv'], io)).toBeNull();
  expect(seen.err.join()).toContain('/no/such.csv');
  expect(seen.exitCode).toBe(2);
});

test('parses flags into options', () => {
  const flags = { dropWebhooks: 0.1, delayWebhooks: 1, delayBy: 2, rest429: 0.5, ticketEvery: 1, advance: 24 };
  const options = optionsFromFlags(flags);
  expect(options).toMatchObject({
    trickle: { start: 'when_subscribed', ticketEveryMs: 1_000 },
    faults: { webhooks: { drop: { rate: 0.1 }, delay: { rate: 1, ms: 2_000 } }, rest: [{ answer: 429, rate: 0.5 }] },
  });
  expect(optionsFromFlags({ throttleWebhooks: true }).faults?.webhooks).toMatchObject({ throttle: {} });
  expect(optionsFromFlags({ throttleWebhooks: 0.5 }).faults?.webhooks?.throttle).toEqual({ rate: 0.5 });
  expect(options.faults?.webhooks).not.toHaveProperty('throttle');
  expect(optionsFromFlags({ withoutMessaging: true })).toMatchObject({ messaging: false });
  expect(optionsFromFlags({ ticketUpdatesPerMinute: 20 }).limits).toEqual({ ticketUpdates: 20 });
  expect(options.clock?.ahead()).toBe(86_400_000);
  expect(options).not.toHaveProperty('port');
});

test('parses flags for apps, their settings and TLS', () => {
  const flags = {
    app: ['./dist', 'other.zip'],
    appSetting: ['service_url=https://a.example/?a=b'],
    https: true as const,
  };
  const settings = { service_url: 'https://a.example/?a=b' };
  expect(optionsFromFlags(flags)).toMatchObject({
    https: 4603,
    apps: [
      { path: './dist', settings },
      { path: 'other.zip', settings },
    ],
  });
  expect(optionsFromFlags({})).not.toHaveProperty('https');
});
