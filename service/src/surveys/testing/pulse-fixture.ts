// Builds a round of the pulse that was sent to some agents.
import type { Database } from '../../platform/storage/database.ts';
import { hashSurveyToken } from '../survey-links.ts';
import { campaigns, invitations, pulseRounds } from '../tables.ts';
import { MONDAY_NOON } from './survey-fixtures.ts';

const DAY = 86_400_000;
/** Until then the links of `givenPulse` are open. */
export const PULSE_EXPIRES = new Date(MONDAY_NOON.getTime() + 7 * DAY);

export interface GivenPulse {
  readonly campaignId: number;
  /** One of each agent; their user ids count from 9_001. */
  readonly tokens: readonly string[];
}

/** Sent on Monday at noon; each link is open for a week. */
export async function givenPulse(db: Database, agents: number): Promise<GivenPulse> {
  const [campaign] = await db
    .insert(campaigns)
    .values({
      survey: 'pulse',
      startsAt: MONDAY_NOON,
      endsAt: new Date(MONDAY_NOON.getTime() + 30 * DAY),
      repeats: true,
      who: 'ana',
    })
    .returning({ id: campaigns.id });
  const campaignId = campaign?.id ?? 0;
  await db.insert(pulseRounds).values({ campaignId, round: 1, startsAt: MONDAY_NOON });
  const tokens = Array.from({ length: agents }, (_, index) => `agent-${index}-token-agent-${index}-token`);
  await db.insert(invitations).values(
    tokens.map((token, index) => ({
      cause: 'campaign' as const,
      survey: 'pulse' as const,
      campaignId,
      round: 1,
      requesterId: 9_001 + index,
      state: 'sent' as const,
      recipient: `agent-${index}@northwind.test`,
      locale: 'en-US',
      tokenHash: hashSurveyToken(token),
      dueAt: MONDAY_NOON,
      sentAt: MONDAY_NOON,
      expiresAt: PULSE_EXPIRES,
      createdAt: MONDAY_NOON,
    })),
  );
  return { campaignId, tokens };
}
