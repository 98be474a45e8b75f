// Computes figures from the local Zendesk's own tickets and audits, with nothing of the service's code.
import type { LocalZendesk } from '@deskwright/local-zendesk';

type Account = LocalZendesk['account'];

/** Seconds until the customer is to be answered. */
export type TargetOf = (tier: string | null, isFirst: boolean) => number;

export interface Placed {
  readonly tier?: string;
  readonly category?: string;
}

/** One ticket's part. Times in epoch seconds. */
interface Life {
  readonly category: string | null;
  readonly tier: string | null;
  readonly firstTier: string | null;
  readonly waitingSince: number | null;
  readonly isOpen: boolean;
  readonly firstReply: number | null;
  readonly replies: readonly { readonly tier: string | null; readonly isFirst: boolean; readonly isMet: boolean }[];
  readonly solves: readonly (string | null)[];
  readonly reopens: readonly (string | null)[];
  /** Public replies of agents. */
  readonly answers: number;
}

const secondsOf = (iso: string): number => Date.parse(iso) / 1_000;
const tagged = (tags: readonly string[], prefix: string): string | null =>
  tags.find((tag) => tag.startsWith(prefix))?.slice(prefix.length) ?? null;

function lifeOf({ tickets, users }: Account, id: number, targetOf: TargetOf): Life {
  const ticket = tickets.find(id);
  if (ticket === undefined) throw new Error(`Zendesk has no ticket ${id}`);
  const createdAt = secondsOf(ticket.created_at);
  const replies: Life['replies'][number][] = [];
  const solves: (string | null)[] = [];
  const reopens: (string | null)[] = [];
  let status = 'new';
  let tier: string | null = null;
  let firstTier: string | null = null;
  let waitingSince: number | null = null;
  let firstReply: number | null = null;
  let answers = 0;
  for (const { created_at, events } of tickets.audits(id)) {
    const at = secondsOf(created_at);
    for (const event of events) {
      if (event.type === 'Comment' && event.public) {
        if (users.find(event.author_id)?.role === 'end-user') {
          waitingSince ??= at;
          continue;
        }
        const isFirst = answers === 0;
        answers += 1;
        if (isFirst) firstReply = at - createdAt;
        if (waitingSince !== null) replies.push({ tier, isFirst, isMet: at - waitingSince <= targetOf(tier, isFirst) });
        waitingSince = null;
      } else if ((event.type === 'Create' || event.type === 'Change') && event.field_name === 'tags') {
        tier = tagged(event.value as readonly string[], 'tier__');
        firstTier ??= tier;
      } else if ((event.type === 'Create' || event.type === 'Change') && event.field_name === 'status') {
        if (event.value === 'solved') {
          solves.push(tier);
          waitingSince = null;
        } else if (status === 'solved') reopens.push(solves.at(-1) ?? null);
        status = String(event.value);
      }
    }
  }
  return {
    category: tagged(ticket.tags, 'category__'),
    tier: tagged(ticket.tags, 'tier__'),
    firstTier,
    waitingSince,
    isOpen: ticket.status !== 'solved',
    firstReply,
    replies,
    solves,
    reopens,
    answers,
  };
}

/** As `percentile_cont` of SQL. */
function percentile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const [low = 0, high = 0] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return low + (high - low) * (place - Math.floor(place));
}

/** What the dashboard must show of these tickets, of all or of one tier or category. */
export function figuresAtZendesk(account: Account, ids: readonly number[], targetOf: TargetOf, placed: Placed = {}) {
  const lives = ids
    .map((id) => lifeOf(account, id, targetOf))
    .filter(({ category }) => placed.category === undefined || category === placed.category);
  const isOf = (tier: string | null): boolean => placed.tier === undefined || tier === placed.tier;
  const count = (tiersOf: (life: Life) => readonly (string | null)[]): number =>
    lives.flatMap(tiersOf).filter(isOf).length;
  const waiting = lives.filter(({ tier, waitingSince }) => waitingSince !== null && isOf(tier));
  const oldest = Math.min(...waiting.map(({ waitingSince }) => waitingSince ?? Number.NaN));
  const replies = lives.flatMap((life) => life.replies).filter(({ tier }) => isOf(tier));
  const met = replies.filter(({ isMet }) => isMet).length;
  const times = lives
    .flatMap((life) => (life.replies[0] && isOf(life.replies[0].tier) ? [life.firstReply ?? Number.NaN] : []))
    .toSorted((a, b) => a - b);
  const solved = lives.filter(({ isOpen, solves }) => !isOpen && isOf(solves.at(-1) ?? null));
  const solves = count((life) => life.solves);
  const share = (part: number, of: number) => ({ value: of > 0 ? part / of : null, n: of });
  return {
    waiting: {
      n: waiting.length,
      open: lives.filter(({ isOpen, tier }) => isOpen && isOf(tier)).length,
      oldest: waiting.length > 0 ? new Date(oldest * 1_000).toISOString() : null,
    },
    firstReply: {
      n: times.length,
      spread:
        times.length > 0
          ? {
              median: percentile(times, 0.5),
              p90: percentile(times, 0.9),
              mean: times.reduce((sum, time) => sum + time, 0) / times.length,
            }
          : null,
    },
    withinTarget: share(met, replies.length),
    arrivals: count(({ firstTier }) => [firstTier]),
    solves,
    oneTouch: share(solved.filter(({ answers }) => answers < 2).length, solved.length),
    reopens: share(
      count((life) => life.reopens),
      solves,
    ),
  };
}
