// Compares answers with those recorded from real accounts.
import { existsSync } from 'node:fs';
import { furnishRecorded } from './recorded-account.ts';
import { recordedCalls } from './recorded-calls.ts';
import { type RecordedClient, startRecordedClient } from './recorded-client.ts';
import {
  type Agreement,
  type Answer,
  agreementTable,
  compareWithRecorded,
  readRecordedShapes,
  shareOfAgreement,
} from './recorded-shapes.ts';

// The recordings are not ours to publish; without them this test is shown as skipped.
const FILE = new URL('../../../shared/zendesk-recorded/shapes.json', import.meta.url);
const whenThere = existsSync(FILE) ? describe : describe.skip;

/**
 * The core is what a support organisation's tools read and write: tickets and what belongs to them, people, rules, fields, exports,
 * jobs, webhooks and mail addresses. Left out is an agent's own news feed (`activities`), which tools do not read.
 */
const isCore = (operation: string): boolean => !/\/activities\b/.test(operation);

/** Upload tokens are neither numbers nor hashes, so the recording names one. */
const asNamed = (operation: string): string => operation.replace(/(\/uploads\/)\w+/, '$1:token');

const noCall = () => Promise.resolve<readonly Answer[]>([]);

whenThere('with ../shared/zendesk-recorded/shapes.json', () => {
  let client: RecordedClient;
  let agreements: readonly Agreement[];

  beforeAll(async () => {
    client = await startRecordedClient();
    const calls = recordedCalls(client, await furnishRecorded(client));
    const found: Agreement[] = [];
    for (const [operation, shape] of readRecordedShapes(FILE)) {
      if (!isCore(operation)) continue;
      // A call whose preparation is refused counts as missing: the table shows it.
      const answers = await (calls[asNamed(operation)] ?? noCall)().catch(() => []);
      found.push(compareWithRecorded(operation, shape, answers));
    }
    agreements = found;
    const shares = shareOfAgreement(agreements);
    const lines = Object.entries(shares).map(([name, share]) => `${share.toFixed(1).padStart(7)} % ${name}`);
    process.stdout.write(`${agreementTable(agreements)}\n${lines.join('\n')}\n`);
  });

  afterAll(() => client?.stop());

  it('at least 98 % of the keys of implemented operations have the recorded type', () => {
    expect(shareOfAgreement(agreements).implemented).toBeGreaterThanOrEqual(98);
  });

  it('at least 95 % of the keys of all core operations have the recorded type', () => {
    expect(shareOfAgreement(agreements).withMissing).toBeGreaterThanOrEqual(95);
  });

  it('at least 98 % of the recorded headers are sent', () => {
    expect(shareOfAgreement(agreements).headers).toBeGreaterThanOrEqual(98);
  });
});
