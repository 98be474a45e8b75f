// Runs `deskwright demo` and reports its progress.
import { setTimeout as sleep } from 'node:timers/promises';
import { formatProblems, type Policy } from '@deskwright/shared';
import { MultiBar, Presets, type SingleBar } from 'cli-progress';
import { readPolicyFile } from '../../policy/read-policy-file.ts';
import { DEFAULT_POLICY, writeExamplePolicy } from '../init.ts';
import { askCustomers } from './ask-customers.ts';
import { type Demo, type DemoOptions, startDemo } from './demo-parts.ts';
import { type Progress, readProgress, readWarnings } from './read-progress.ts';

/** Runs the demo until it is interrupted. Exit code 0, or 2 when it could not start. */
export async function runDemo(
  options: DemoOptions,
  signal: AbortSignal,
  print: (line: string) => void,
): Promise<number> {
  let demo: Demo;
  if (options.policyPath === DEFAULT_POLICY && writeExamplePolicy('.'))
    print(`  Wrote ${DEFAULT_POLICY}, an example policy, because this folder has none`);
  const policy = await readPolicyFile(options.policyPath);
  if (policy.outcome !== 'loaded') {
    const why = policy.outcome === 'refused' ? formatProblems(policy.problems, policy.text) : `${policy.reason}.`;
    print(`The demo did not start because its policy is not valid:\n${why}`);
    return 2;
  }
  try {
    demo = await startDemo(options, (text) => print(`  ${text} ...`));
  } catch (error) {
    print(`\nThe demo did not start: ${error instanceof Error ? error.message : String(error)}`);
    return 2;
  }
  showAddresses(demo, options, print);
  for (const line of toolsElsewhere(policy.loaded.policy, demo.zendeskUrl)) print(line);
  try {
    await showBacklog(demo, options, signal, print);
    if (!signal.aborted) print(await askCustomers(demo, policy.loaded.policy, new Date()));
    await showNews(demo, signal, print);
  } finally {
    print('\nStopping ...');
    await demo.stop();
  }
  return 0;
}

function showAddresses(
  { serviceUrl, zendeskUrl, hasSidebar, dataDir }: Demo,
  options: DemoOptions,
  print: (line: string) => void,
): void {
  print(`
Deskwright is running, and acts: it changes tickets and views of the local Zendesk, and sends survey mails and Slack messages.

  Agents      ${zendeskUrl}/agent      views and tickets, as an agent sees them${
    hasSidebar ? ',\n              with Deskwright in the sidebar of each ticket' : ''
  }
  Customers   ${zendeskUrl}/mail       their mailbox: survey mails arrive here
  Slack       ${zendeskUrl}/slack      what leads and agents are told without asking
  Policy      ${options.policyPath}
              edit it while this runs; a mistake is refused and reported on ${serviceUrl}/readyz
  Operators   ${serviceUrl}/readyz   ${serviceUrl}/metrics
  Logs        ${dataDir}/service.log, zendesk.log

  A ticket's history:  npx deskwright explain        (the longest-waiting ticket; or add a ticket's number)
  Surveys are sent ${options.surveyDelay} after a ticket is solved, in place of the policy's delay.
  Ctrl-C stops everything.
`);
}

/** The example policy's tools ask the local Zendesk at its usual port, where it is not when that was taken or another was asked for. */
function toolsElsewhere({ tools }: Policy, zendeskUrl: string): string[] {
  const here = new URL(zendeskUrl).origin;
  const origins = tools.flatMap(({ request }) => /^http:\/\/127\.0\.0\.1:\d+/.exec(request.address)?.[0] ?? []);
  return [...new Set(origins)]
    .filter((origin) => origin !== here)
    .map(
      (origin) =>
        `  To try the policy's tools, write ${here} in place of ${origin} in it: that is where its back office is now.\n`,
    );
}

/** Shows progress bars on a terminal and a line every few seconds elsewhere, until the whole backlog is decided and written. */
async function showBacklog(
  { serviceUrl }: Demo,
  options: DemoOptions,
  signal: AbortSignal,
  print: (line: string) => void,
): Promise<void> {
  const started = Date.now();
  const bars = process.stdout.isTTY ? createBars() : null;
  let lastPrintedAt = 0;
  while (!signal.aborted) {
    const progress = await readProgress(serviceUrl);
    if (progress) {
      const written = Math.max(0, progress.decided - progress.writesWaiting);
      const total = progress.imported ? progress.open : Math.max(progress.open, options.backlog);
      bars?.update(progress, written, total);
      const done = progress.imported && progress.decided === progress.open && progress.writesWaiting === 0;
      if (done) {
        bars?.stop();
        print(`  Backlog done after ${((Date.now() - started) / 1000).toFixed(0)} s: ${describe(progress)}`);
        return;
      }
      if (!bars && Date.now() - lastPrintedAt > 3_000) {
        print(`  ${progress.decided} of ${total} tickets decided, ${written} written, ${describeViews(progress)}`);
        lastPrintedAt = Date.now();
      }
    }
    await pause(500, signal);
  }
  bars?.stop();
}

function createBars(): { update: (progress: Progress, written: number, total: number) => void; stop: () => void } {
  const multi = new MultiBar(
    { format: '  {name} {bar} {value}/{total}', hideCursor: true, clearOnComplete: false },
    Presets.shades_grey,
  );
  const bar = (name: string): SingleBar => multi.create(1, 0, { name: name.padEnd(14) });
  const [decided, wrote, views] = [bar('Decided'), bar('Written'), bar('Views in order')];
  return {
    update: (progress, written, open) => {
      for (const [each, value, total] of [
        [decided, progress.decided, open],
        [wrote, written, open],
        [views, progress.viewsInOrder, progress.views - progress.viewsWarnedOf],
      ] as const) {
        each.setTotal(Math.max(1, total));
        each.update(value);
      }
    },
    stop: () => multi.stop(),
  };
}

/** A warning is told once, however its counts change. */
const withoutFigures = (warning: string): string => warning.replaceAll(/\d+/g, '');

/** After that: prints a line whenever a shown figure changes. */
async function showNews({ serviceUrl }: Demo, signal: AbortSignal, print: (line: string) => void): Promise<void> {
  let last = '';
  let warned: readonly string[] = [];
  while (!signal.aborted) {
    const progress = await readProgress(serviceUrl);
    const line = progress ? describe(progress) : 'the service or its database does not respond; see its log';
    const time = new Date().toLocaleTimeString('en-GB');
    if (line !== last) print(`  ${time}  ${line}`);
    last = line;
    const warnings = await readWarnings(serviceUrl);
    for (const warning of warnings ?? [])
      if (!warned.includes(withoutFigures(warning))) print(`  ${time}  Warning: ${warning}`);
    warned = warnings?.map(withoutFigures) ?? warned;
    await pause(5_000, signal);
  }
}

function describe(progress: Progress): string {
  const failed = progress.failed > 0 ? `, ${progress.failed} failed (npx deskwright failed)` : '';
  const refused = progress.policyRefused
    ? '; the edited policy is refused, the last valid one remains in force (npx deskwright check)'
    : '';
  return `${progress.open} open tickets, ${progress.decided} decided; ${describeViews(progress)}; ${progress.mailsSent + progress.answers} survey mails sent, ${progress.answers} answered${failed}${refused}`;
}

function describeViews({ viewsInOrder, viewsWarnedOf, views }: Progress): string {
  const watched = viewsWarnedOf > 0 ? ` (${viewsWarnedOf} more with keep: warn)` : '';
  return `${viewsInOrder} of ${views - viewsWarnedOf} managed views oldest first${watched}`;
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}
