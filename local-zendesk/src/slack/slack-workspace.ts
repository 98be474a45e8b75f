// Keeps what was posted to the channels of a Slack workspace.
import { isObject } from '../apps/package/parse-manifest.ts';

export interface SlackPost {
  /** Counts up from 1 in the order of arrival. */
  id: number;
  channel: string;
  /** Epoch milliseconds. */
  at: number;
  /** As posted: for notifications, and shown where there are no blocks. */
  text: string;
  /** In Slack's mrkdwn, a block each. */
  blocks: readonly string[];
  /** Slack's id of the message: seconds and a number, `1772366400.000001`. */
  ts: string;
  /** The `ts` of the message that this one answers; null: it stands in the channel. */
  threadTs: string | null;
  /** Answers a message and is shown in the channel too. */
  broadcast: boolean;
}

/** Slack's own status and word, with the header `retry-after` in seconds; `post`: what was accepted. */
type SlackAnswer = { status: number; word: string; retryAfterS?: number; post?: SlackPost };

export interface SlackWorkspace {
  /** Answers as an incoming webhook of the channel does. `body`: of the request, parsed; undefined: unreadable. `thread`: only bots can answer in one. */
  post(channel: string, body: unknown, thread?: { ts: string; broadcast: boolean }): SlackAnswer;
  /** Newest first. */
  posts(channel?: string): readonly SlackPost[];
  /** Alphabetically, with the number of posts. */
  channels(): readonly { name: string; posts: number }[];
}

const KEPT = 2_000;
/** "One per second; short bursts are allowed": https://docs.slack.dev/apis/web-api/rate-limits. How many Slack does not say. */
const BURST = 5;
const MOST_BLOCKS = 50;
const LONGEST_SECTION = 3_000;

/** @param now epoch milliseconds, of the real clock: whoever posts has no other */
export function createSlackWorkspace(now: () => number): SlackWorkspace {
  const kept: SlackPost[] = [];
  const buckets = new Map<string, { tokens: number; at: number }>();
  let lastId = 0;

  function waitS(channel: string): number {
    const at = now();
    const { tokens, at: before } = buckets.get(channel) ?? { tokens: BURST, at };
    const left = Math.min(BURST, tokens + (at - before) / 1_000);
    buckets.set(channel, { tokens: left < 1 ? left : left - 1, at });
    return left < 1 ? Math.ceil(1 - left) : 0;
  }

  return {
    post: (channel, body, thread) => {
      const retryAfterS = waitS(channel);
      if (retryAfterS > 0) return { status: 429, word: 'rate_limited', retryAfterS };
      if (!isObject(body)) return { status: 400, word: 'invalid_payload' };
      const { text, blocks } = body;
      const sections = blocks === undefined ? [] : readBlocks(blocks);
      if (sections === null) return { status: 400, word: 'invalid_blocks' };
      if (sections.length === 0 && (typeof text !== 'string' || text === '')) return { status: 400, word: 'no_text' };
      if (thread !== undefined && !kept.some((post) => post.channel === channel && post.ts === thread.ts))
        return { status: 400, word: 'thread_not_found' };
      lastId += 1;
      const at = now();
      const post: SlackPost = {
        id: lastId,
        channel,
        at,
        text: typeof text === 'string' ? text : '',
        blocks: sections,
        ts: `${Math.floor(at / 1_000)}.${String(lastId).padStart(6, '0')}`,
        threadTs: thread?.ts ?? null,
        broadcast: thread?.broadcast ?? false,
      };
      kept.unshift(post);
      kept.splice(KEPT);
      return { status: 200, word: 'ok', post };
    },
    posts: (channel) => (channel === undefined ? kept : kept.filter((post) => post.channel === channel)),
    channels: () => {
      const names = [...new Set(kept.map(({ channel }) => channel))].toSorted();
      return names.map((name) => ({ name, posts: kept.filter(({ channel }) => channel === name).length }));
    },
  };
}

/** The texts of the blocks; null: Slack refuses them. Blocks without text, such as dividers, are accepted and not shown. */
function readBlocks(blocks: unknown): string[] | null {
  if (!Array.isArray(blocks) || blocks.length > MOST_BLOCKS) return null;
  const texts: string[] = [];
  for (const block of blocks as unknown[]) {
    if (!isObject(block) || typeof block['type'] !== 'string') return null;
    if (block['type'] !== 'section' && block['type'] !== 'header') continue;
    const text = isObject(block['text']) ? block['text']['text'] : undefined;
    if (typeof text !== 'string' || text === '' || text.length > LONGEST_SECTION) return null;
    texts.push(text);
  }
  return texts;
}
