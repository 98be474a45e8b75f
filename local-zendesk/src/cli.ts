// Starts a local Zendesk from the command line.
import { Command, InvalidArgumentError, Option } from 'commander';
import { type Flags, optionsFromFlags } from './flags.ts';
import { type LocalZendesk, startLocalZendesk } from './server.ts';

/** What the command line needs of its process; tests bring their own. */
export interface CliIo {
  out(text: string): void;
  err(text: string): void;
  /** Called once with the function that stops everything. */
  onStopSignal(stop: () => void): void;
  setExitCode(code: number): void;
}

const PROCESS_IO: CliIo = {
  out: (text) => console.log(text),
  err: (text) => console.error(text),
  onStopSignal(stop) {
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
  },
  setExitCode(code) {
    process.exitCode = code;
  },
};

/**
 * Parses the arguments (`process.argv`), starts, prints the addresses, and stops cleanly on SIGINT and SIGTERM.
 * Resolves with what runs, or null (and exit code 2) when it could not start.
 */
export async function main(argv: readonly string[], io: CliIo = PROCESS_IO): Promise<LocalZendesk | null> {
  const program = buildProgram();
  program.parse(argv);
  const flags = program.opts<Flags>();
  try {
    const options = optionsFromFlags(flags);
    const zendesk = await startLocalZendesk(options);
    io.onStopSignal(() => void zendesk.stop());
    io.out(flags.json === true ? readyLine(zendesk) : welcome(zendesk, options));
    return zendesk;
  } catch (error) {
    io.err(`local-zendesk cannot start: ${error instanceof Error ? error.message : String(error)}`);
    io.setExitCode(2);
    return null;
  }
}

function buildProgram(): Command {
  return new Command('local-zendesk')
    .description('A Zendesk for one machine: REST API, webhooks, agent workspace, mail catcher, and faults on demand.')
    .option('--port <number>', 'HTTP port; a taken one moves up, 0 takes any (default: 4601)', port)
    .option('--smtp-port <number>', 'SMTP port; likewise (default: 4602)', port)
    .option('--https [port]', 'also answer over TLS on 127.0.0.1, as ZCLI wants it (default port: 4603)', port)
    .option('--app <path>', 'app to install: folder or zip file of its package; repeatable', collect)
    .option('--app-setting <name=value>', 'setting of the apps; repeatable', setting)
    .option('--host <address>', 'address to listen on (default: 127.0.0.1)')
    .addOption(
      new Option('--seed <name>', 'what the account holds').choices(['northwind', 'empty']).default('northwind'),
    )
    .option('--backlog <number>', 'open tickets at the start (default: 800)', count)
    .option('--messages <file>', 'CSV with the columns message,category,intent that becomes the backlog')
    .addOption(
      new Option('--trickle <when>', 'when new tickets and solves begin to trickle in')
        .choices(['off', 'now', 'when_subscribed'])
        .default('when_subscribed'),
    )
    .option('--ticket-every <seconds>', 'mean pause between two customers who write (default: 4)', amount)
    .option('--solve-every <seconds>', 'mean pause between two tickets the team solves (default: 10)', amount)
    .option('--answer-every <seconds>', 'mean pause between two looks of customers at surveys (default: 2)', amount)
    .option('--random-seed <number>', 'same number, same backlog, same faults (default: 1)', count)
    .option('--drop-webhooks <rate>', 'share of deliveries that are lost, 0 to 1', rate)
    .option('--double-webhooks <rate>', 'share of deliveries that come twice, 0 to 1', rate)
    .option('--reorder-webhooks <rate>', 'share of deliveries that are overtaken by later ones, 0 to 1', rate)
    .option('--delay-webhooks <rate>', 'share of deliveries that come late, 0 to 1', rate)
    .option('--delay-by <seconds>', 'how late (default: 5)', amount)
    .option(
      '--throttle-webhooks [rate]',
      'share of deliveries that are throttled and lost (default: 0.83, as recorded)',
      rate,
    )
    .option(
      '--ticket-updates-per-minute <number>',
      'updates of tickets the account takes in a minute (default: 100)',
      count,
    )
    .option('--without-messaging', 'refuse to subscribe webhooks to messages of messaging tickets')
    .option('--rest-429 <rate>', 'share of REST calls answered 429, 0 to 1', rate)
    .option('--rest-500 <rate>', 'share of REST calls answered 500, 0 to 1', rate)
    .option('--rest-503 <rate>', 'share of REST calls answered 503, 0 to 1', rate)
    .option('--rest-timeout <rate>', 'share of REST calls never answered, 0 to 1', rate)
    .option('--advance <hours>', 'start with the clock so many hours ahead', amount)
    .option('--json', 'print one line of JSON with the addresses when ready');
}

function readyLine({ url, smtpUrl, https, apps }: LocalZendesk): string {
  return JSON.stringify({
    url,
    smtpUrl,
    agent: `${url}/agent`,
    mail: `${url}/mail`,
    slack: `${url}/slack`,
    control: `${url}/control`,
    ...(https === null ? {} : { https: https.url, certificate: https.certificateFile }),
    apps: apps.list().map(({ id, name }) => ({ id, name })),
    pid: process.pid,
  });
}

function welcome(
  { url, smtpUrl, https, account, apps }: LocalZendesk,
  { port, smtpPort }: { port?: number; smtpPort?: number },
): string {
  const moved = (address: string, wanted: number) =>
    wanted !== 0 && new URL(address).port !== String(wanted) ? `  (port ${wanted} was taken)` : '';
  return [
    `Local Zendesk with ${account.tickets.count()} tickets is ready.`,
    '',
    `  Start page        ${url}/${moved(url, port ?? 4601)}`,
    `  Agent workspace   ${url}/agent`,
    `  Customers' mail   ${url}/mail`,
    `  Slack             ${url}/slack`,
    `  REST API          ${url}/api/v2  (OAuth client deskwright, secret deskwright)`,
    `  Control           ${url}/control`,
    `  Mail server       ${smtpUrl}${moved(smtpUrl, smtpPort ?? 4602)}`,
    ...(https === null ? [] : [`  Over TLS          ${https.url}  (NODE_EXTRA_CA_CERTS=${https.certificateFile})`]),
    ...apps.list().map(({ id, name }) => `  App               ${name}  (id ${id})`),
    '',
    'Stop with Ctrl+C. Everything is in memory and gone then.',
  ].join('\n');
}

function numberIn(text: string, low: number, high: number, isWhole: boolean): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= low && value <= high) || (isWhole && !Number.isInteger(value))) {
    throw new InvalidArgumentError(`It must be a ${isWhole ? 'whole ' : ''}number from ${low} to ${high}.`);
  }
  return value;
}

const collect = (text: string, before: string[] = []) => [...before, text];

function setting(text: string, before: string[] = []): string[] {
  if (!/^[^=]+=/.test(text)) throw new InvalidArgumentError('It must be like name=value.');
  return [...before, text];
}

const port = (text: string) => numberIn(text, 0, 65_535, true);
const count = (text: string) => numberIn(text, 0, 1_000_000, true);
const amount = (text: string) => numberIn(text, 0, 1_000_000, false);
const rate = (text: string) => numberIn(text, 0, 1, false);
