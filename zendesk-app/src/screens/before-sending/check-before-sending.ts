// Asks the agent once before a public reply is sent that has a blank, a promise without a date, or a phrase to avoid.
import type { ReplyCheck } from '@deskwright/shared/contract';
import type { AgentLanguage } from '../../base/i18n/texts-context.tsx';
import type { ServiceClient } from '../../base/service/service-client.ts';
import { findBlanks } from '../../base/zendesk/comment-text.ts';
import type { Host } from '../../base/zendesk/host.ts';
import { texts } from './texts.ts';

/** How long a reply waits for the service; after that only blanks are looked for. */
const PATIENCE_MS = 1_500;
/** Findings shown at once: the agent reads them in one line of Zendesk. */
const MOST = 3;

interface CheckDeps {
  readonly host: Host;
  readonly service: Pick<ServiceClient, 'call'>;
  readonly language: Pick<AgentLanguage, 'texts'>;
}

/** What was shown is not asked about again until the reply was sent or another ticket is shown; the same text submitted again is sent. */
export function checkBeforeSending({ host, service, language }: CheckDeps): void {
  const t = language.texts(texts);
  const asked = new Set<string>();
  let askedText: string | null = null;

  function forget(): void {
    asked.clear();
    askedText = null;
  }

  async function findingsOf(text: string): Promise<string[]> {
    const blanks = findBlanks(text);
    const { promises, avoid } = await readCheck(service, text);
    return [
      ...(blanks.length === 0 ? [] : [t('blanks', { blanks: blanks.join(', ') })]),
      ...promises.map((sentence) => t('promise', { sentence })),
      ...avoid.map(({ phrase, instead }) =>
        instead === null ? t('avoid', { phrase }) : t('avoid_instead', { phrase, instead }),
      ),
    ];
  }

  host.onBeforeReply(async (text) => {
    if (text === askedText) return null;
    const shown = (await findingsOf(text)).filter((finding) => !asked.has(finding)).slice(0, MOST);
    if (shown.length === 0) return null;
    for (const finding of shown) asked.add(finding);
    askedText = text;
    return t('ask', { found: shown.join(' ') });
  });
  host.onSaved(forget);
  let ticketId = host.ticketId;
  host.onTicket((id) => {
    // Without a ticket, or with the same one, something else about the frame changed.
    if (id === null || id === ticketId) return;
    ticketId = id;
    forget();
  });
}

const NOTHING: ReplyCheck = { promises: [], avoid: [] };

/** Nothing where the service is away, slow, or does not know the agent: a reply never waits for it longer. */
async function readCheck(service: CheckDeps['service'], text: string): Promise<ReplyCheck> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PATIENCE_MS);
  });
  const answer = await Promise.race([service.call<ReplyCheck>('POST', '/api/reply-check', { text }), tooLate]);
  clearTimeout(timer);
  return answer?.ok === true ? answer.value : NOTHING;
}
