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
}

/** Slack's own status and word, with the header `retry-after` in seconds. */
type SlackAnswer = { status: number; word: string; retryAfterS?: number };

export interface SlackWorkspace {
  /** Answers as an incoming webhook of the channel does. `body`: of the request, parsed; undefined: unreadable. */
  post(channel: string, body: unknown): SlackAnswer;
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
    post: (channel, body) => {
      const retryAfterS = waitS(channel);
      if (retryAfterS > 0) return { status: 429, word: 'rate_limited', retryAfterS };
      if (!isObject(body)) return { status: 400, word: 'invalid_payload' };
      const { text, blocks } = body;
      const sections = blocks === undefined ? [] : readBlocks(blocks);
      if (sections === null) return { status: 400, word: 'invalid_blocks' };
      if (sections.length === 0 && (typeof text !== 'string' || text === '')) return { status: 400, word: 'no_text' };
      lastId += 1;
      kept.unshift({ id: lastId, channel, at: now(), text: typeof text === 'string' ? text : '', blocks: sections });
      kept.splice(KEPT);
      return { status: 200, word: 'ok' };
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
