// Renders the page of the Slack channels.

import { type Html, html } from '../pages/html.ts';
import { layout } from '../pages/layout.ts';
import { ago, refreshControl } from '../pages/page-parts.ts';
import { renderMrkdwn } from './render-mrkdwn.ts';
import type { SlackPost, SlackWorkspace } from './slack-workspace.ts';

const SHOWN = 100;
const REFRESH_S = 2;

/** Newest first; of one channel, or of all. */
export function slackPage(
  slack: SlackWorkspace,
  { channel, still, now }: { channel: string | undefined; still: boolean; now: number },
): string {
  const all = slack.posts(channel);
  const posts = all.filter(({ threadTs, broadcast }) => threadTs === null || broadcast);
  const repliesTo = (post: SlackPost) =>
    all.filter((one) => one.threadTs === post.ts && one.channel === post.channel).toReversed();
  const here = channel === undefined ? '' : `channel=${encodeURIComponent(channel)}`;
  const body = html`<h1>${channel === undefined ? 'Slack' : `#${channel}`}</h1>
<p class="lead">What is sent to Slack’s incoming webhooks and by the bot here ends on this page and nowhere else. ${refreshControl(still, here, REFRESH_S)}</p>
<div class="columns">
<nav aria-label="Channels"><ul class="side">
<li><a href="/slack"${channel === undefined && html` aria-current="page"`}>All channels <span class="count">${slack.posts().length}</span></a></li>
${slack
  .channels()
  .map(
    ({ name, posts: count }) =>
      html`<li><a href="/slack?channel=${encodeURIComponent(name)}"${name === channel && html` aria-current="page"`}>#${name} <span class="count">${count}</span></a></li>`,
  )}
</ul></nav>
<div>${posts.length === 0 ? html`<div class="card"><p class="plain">No messages yet. They come when a customer answers a survey, an alarm begins, or a customer has waited too long.</p></div>` : posts.slice(0, SHOWN).map((post) => renderPost(post, repliesTo(post), now))}
${posts.length > SHOWN && html`<p class="soft small">The newest ${SHOWN} of ${posts.length}.</p>`}
</div></div>`;
  return layout({ title: 'Slack', section: 'slack', body, refreshS: still ? undefined : REFRESH_S });
}

function renderPost(
  { channel, at, text, blocks, threadTs }: SlackPost,
  replies: readonly SlackPost[],
  now: number,
): Html {
  return html`<article class="card message staff"><header><strong>Deskwright</strong> <span class="badge plain">#${channel}</span> <span class="soft small">${ago(at, now)}</span>${threadTs !== null && html` <span class="soft small">replied to a thread</span>`}</header>
${(blocks.length > 0 ? blocks : [text]).map((block) => html`<p class="plain">${renderMrkdwn(block)}</p>`)}
${replies.length > 0 && html`<div class="thread" aria-label="Thread">${replies.map((reply) => renderPost(reply, [], now))}</div>`}</article>`;
}
