// Starts the demo's NPS campaign, shortened to minutes, and prints where its answers can be watched.
import { setTimeout as sleep } from 'node:timers/promises';
import { localDate, type Policy } from '@deskwright/shared';
import { makeLink } from '../../dashboard/index.ts';
import type { Database } from '../../platform/storage/database.ts';
import { startCampaign } from '../../surveys/index.ts';
import { unknownRequesters } from '../../tickets/index.ts';
import { readCohortNames } from '../campaign/read-cohort-names.ts';
import { openOperatorDatabase } from '../operator-database.ts';
import type { Demo } from './demo-parts.ts';

/** In place of the policy's `surveys.nps.every`, so that answers come while somebody looks. */
const EVERY = '20m';

/** The service reads customers whom it does not know yet once a minute, 500 at a time. */
const WAIT_MS = 180_000;

async function allKnown(db: Database): Promise<void> {
  for (const end = Date.now() + WAIT_MS; Date.now() < end; await sleep(500))
    if ((await unknownRequesters(db, 0, 1)).length === 0) return;
}

type Addresses = Pick<Demo, 'serviceUrl' | 'zendeskUrl'>;

/** Everybody whom the import has shown is surveyed. Returns what the demo prints. */
export async function askCustomers(
  { dataDir, ...addresses }: Addresses & Pick<Demo, 'dataDir'>,
  policy: Policy,
  now: Date,
): Promise<string> {
  const { db, close } = await openOperatorDatabase({ DESKWRIGHT_DATA_DIR: dataDir });
  try {
    return await startDemoCampaign(db, addresses, policy, now);
  } finally {
    await close();
  }
}

/** @internal */
export async function startDemoCampaign(
  db: Database,
  { serviceUrl, zendeskUrl }: Addresses,
  policy: Policy,
  now: Date,
): Promise<string> {
  const { nps } = policy.surveys;
  if (!nps) return '  No NPS campaign runs, because the policy has no surveys.nps.';
  await allKnown(db);
  const squeezed = { ...policy, surveys: { ...policy.surveys, nps: { ...nps, every: EVERY } } };
  const nameOf = await readCohortNames(db, policy, process.env);
  const start = {
    survey: 'nps',
    policy: squeezed,
    brand: null,
    requesterIds: null,
    startsAt: now,
    now,
    nameOf,
  } as const;
  const { asks } = await startCampaign(db, { ...start, who: 'the demo', why: 'to show how answers come in' });
  const asked = asks.filter(({ reason }) => reason === null).length;
  const made = await makeLink(db, { name: 'The demo', agentId: 0, shows: 'company' });
  const today = localDate(now.getTime(), policy.time_zone);
  return `
An NPS campaign surveys ${asked} customers within ${EVERY}, in place of the policy's ${nps.every}. About half of them answer; mail scanners do, too.

  Answers     ${zendeskUrl}/slack      each within seconds, by score
  Report      npx deskwright report nps --date ${today} --format html --out nps.html
  As sent     npx deskwright answers            and as they count, without the scanners
  Campaign    npx deskwright campaign${made === null ? '' : `\n  Company     ${serviceUrl}/company/${made.token}`}
`;
}
