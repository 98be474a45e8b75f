// Caches recent answers of tools in memory, to make fewer requests and to show an old answer when a system is down.
import { createHash } from 'node:crypto';
import type { ToolAnswer } from '@deskwright/shared/contract';
import type { ReadResult } from './call-tool.ts';
import type { ToolRequest } from './compose-request.ts';
import type { Tool } from './tool.ts';

type Answer = Exclude<ToolAnswer, { kind: 'dry_run' }>;

interface Kept {
  readonly answer: Answer;
  readonly at: number;
  /** When its system was last asked. */
  readonly askedAt: number;
  /** Since when it has failed; null: it did not. */
  readonly failedAt: number | null;
}

/** By tool and request. Never stored: it is customers' data of other systems. */
export type RecentAnswers = Map<string, Kept>;

const MOST = 500;
/** Within this time an answer is shown again without asking. */
const FRESH_MS = 30_000;
/** After that the customer's data are shown no more, even if their system is down. */
const LONGEST_MS = 3_600_000;

interface Asked {
  tool: Tool;
  request: ToolRequest;
  read: () => Promise<ReadResult>;
}

/** A system that fails is not asked again for as long as an answer is fresh. */
export async function keepRecent(
  recent: RecentAnswers,
  clock: () => number,
  { tool, request, read }: Asked,
): Promise<Answer> {
  const key = createHash('sha256')
    .update(JSON.stringify([tool, request]))
    .digest('base64');
  const kept = recent.get(key);
  const now = clock();
  if (kept && now - kept.askedAt < FRESH_MS) return aged(kept);
  const { answer } = await read();
  if (answer.kind !== 'failed') {
    keep(recent, key, { answer, at: now, askedAt: now, failedAt: null });
    return answer;
  }
  if (!kept || now - kept.at > LONGEST_MS) return answer;
  const stale = { ...kept, askedAt: now, failedAt: kept.failedAt ?? now };
  keep(recent, key, stale);
  return aged(stale);
}

function aged({ answer, failedAt }: Kept): Answer {
  if (answer.kind !== 'found' || failedAt === null) return answer;
  return { ...answer, staleSince: new Date(failedAt).toISOString() };
}

/** The oldest goes first. */
function keep(recent: RecentAnswers, key: string, entry: Kept): void {
  recent.delete(key);
  recent.set(key, entry);
  for (const oldest of recent.keys()) {
    if (recent.size <= MOST) return;
    recent.delete(oldest);
  }
}
