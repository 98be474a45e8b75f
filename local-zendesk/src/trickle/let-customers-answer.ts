// Simulates customers who answer the surveys in their mailbox, and programs that check their mail before them.
import type { Mail, Mailbox } from '../mail/mailbox.ts';
import { pick, type Random } from '../random.ts';
import { COMMENTS } from '../seed/phrases/survey-comments.ts';

export interface SurveyTakers {
  /** One look at the mailbox: new mails may be checked by a program, and the oldest that a customer has had for a while may be answered. */
  look(): Promise<'answered' | 'ignored' | 'nothing'>;
}

interface Options {
  mailbox: Pick<Mailbox, 'find' | 'list'>;
  random: Random;
  /** Real time in milliseconds: people need some after a mail came, however the account's clock is moved. */
  now: () => number;
  /** How long a customer lets a mail lie, in milliseconds. */
  lieMs?: number;
}

const ANSWER_SHARE = 0.5;
const SCANNER_SHARE = 0.12;
const LIE_MS = 15_000;

const BROWSER = {
  'user-agent':
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
  'accept-language': 'en-US,en;q=0.9',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-user': '?1',
};
/** Of so many answers one comes without the page's script and without words: nobody can know whether a person sent it. */
const DOUBTFUL_OF = 8;
const SCANNER = {
  'user-agent':
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36',
};

export function createSurveyTakers({ mailbox, random, now, lieMs = LIE_MS }: Options): SurveyTakers {
  let lastSeen = 0;
  let answers = 0;
  let waiting: { links: readonly string[]; since: number }[] = [];

  /** In the order of arrival; those that were dropped meanwhile are passed over. */
  function newMails(): readonly Mail[] {
    const newest = mailbox.list()[0]?.id ?? 0;
    const mails: Mail[] = [];
    for (; lastSeen < newest; lastSeen += 1) {
      const mail = mailbox.find(lastSeen + 1);
      if (mail) mails.push(mail);
    }
    return mails;
  }

  return {
    async look() {
      for (const mail of newMails()) {
        const links = linksOf(mail);
        if (links.length === 0) continue;
        waiting = [...waiting, { links, since: now() }];
        if (random() < SCANNER_SHARE) await scan(links);
      }
      const [first] = waiting;
      if (first === undefined || first.since > now() - lieMs) return 'nothing';
      waiting = waiting.slice(1);
      if (random() >= ANSWER_SHARE) return 'ignored';
      const hasScript = answers % DOUBTFUL_OF !== 1;
      if (!(await answer(first.links, random, hasScript))) return 'ignored';
      answers += 1;
      return 'answered';
    },
  };
}

/** One a score, lowest first. Mails without them are no survey, or an anonymous one, which people at work answer. */
const linksOf = ({ text }: Mail): string[] => (text ?? '').match(/https?:\/\/\S+\/s\/[\w-]+\?score=\d+/g) ?? [];

/** Opens every link and sends the first form, as some programs do that check mail. */
async function scan(links: readonly string[]): Promise<void> {
  const forms = [];
  for (const link of links) forms.push(await open(link, SCANNER));
  const [link = ''] = links;
  await send(link, SCANNER, { form: forms[0] ?? '', score: scoreOf(link) });
}

/** Most are content. Every other one says why, if the page's script runs. */
async function answer(links: readonly string[], random: Random, hasScript: boolean): Promise<boolean> {
  const mood = pick(random, ['good', 'good', 'good', 'fair', 'bad'] as const);
  const share = { good: [0.8, 1], fair: [0.6, 0.75], bad: [0, 0.55] }[mood];
  const [from = 0, to = 1] = share;
  const link = links[Math.round((from + random() * (to - from)) * (links.length - 1))] ?? '';
  const form = await open(link, BROWSER);
  if (form === null) return false;
  const { drivers, comment } = pick(random, COMMENTS[mood]);
  return send(link, BROWSER, {
    form,
    score: scoreOf(link),
    // What the page's script counts: a few seconds, touches and a click.
    used: hasScript ? 'v7000.p0.t6.k20.c3.s1' : '',
    contact_asked: '1',
    ...(random() < 0.5 && { contact: '1' }),
    ...(random() < 0.6 && hasScript && { comment }),
    driver: drivers,
  });
}

const scoreOf = (link: string): string => new URL(link).searchParams.get('score') ?? '';

/** Names the form that the page holds; null: there is none, as after the survey has ended. */
async function open(link: string, headers: Record<string, string>): Promise<string | null> {
  const page = await fetch(link, { headers }).catch(() => null);
  return /name="form" value="([\w-]+)"/.exec((await page?.text().catch(() => '')) ?? '')?.[1] ?? null;
}

async function send(
  link: string,
  headers: Record<string, string>,
  fields: Record<string, string | readonly string[]>,
): Promise<boolean> {
  const body = new URLSearchParams(
    Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one])),
  );
  const answered = await fetch(link, { method: 'POST', headers, body, redirect: 'manual' }).catch(() => null);
  return answered !== null && answered.status < 400;
}
