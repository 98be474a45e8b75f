// Visits the pages of survey mails over HTTP as browsers and programs do, each visitor at a time of its own.
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import { Agent, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eq } from 'drizzle-orm';
import express from 'express';
import type { TestDatabase } from '../../../testing/test-database.ts';
import { createSurveyRouter } from '../pages/create-survey-router.ts';
import { hashSurveyToken } from '../survey-links.ts';
import { invitations, responses } from '../tables.ts';
import { aPolicy, givenInvitation, givenTicket, MONDAY_NOON } from './survey-fixtures.ts';

export const SECOND = 1_000;
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export interface Sender {
  readonly ip: string;
  readonly agent: string;
  /** What browsers send and most programs do not. */
  readonly isBrowser?: boolean;
}

/** A visit to one mail, with what time it is for the visitor. */
export interface Visit {
  readonly token: string;
  /** The mail's position. */
  readonly n: number;
  now: number;
}

interface Sent {
  readonly path: string;
  readonly method?: 'HEAD' | 'POST';
  readonly sender: Sender;
  readonly gesture?: boolean;
  readonly body?: Readonly<Record<string, string>>;
}

export const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36';
export const SAFARI =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1';
export const EDGE = `${CHROME} Edg/131.0.0.0`;

const headersOf = ({ ip, agent, isBrowser = false }: Sender, gesture: boolean): Record<string, string> => ({
  'x-forwarded-for': ip,
  'user-agent': agent,
  ...(isBrowser ? { 'accept-language': 'en-US', 'sec-fetch-mode': 'navigate' } : {}),
  ...(isBrowser && gesture ? { 'sec-fetch-user': '?1' } : {}),
});

export type SurveyPages = Awaited<ReturnType<typeof serveSurveyPages>>;

/** Serves the pages. @param atOnce how many visitors come at the same time; @param troubles gets what the service logs */
export async function serveSurveyPages({ db }: TestDatabase, atOnce = 1, troubles: unknown[] = []) {
  const sentAt = new AsyncLocalStorage<number>();
  const connections = new Agent({ keepAlive: true, maxSockets: 2 * atOnce });
  const policy = aPolicy();
  const logger = { error: (about: unknown) => troubles.push(about), warn: (about: unknown) => troubles.push(about) };
  const pages = express();
  pages.set('trust proxy', 1);
  pages.use((sent, _response, next) => sentAt.run(Number(sent.get('x-sent-at')), next));
  const clock = () => sentAt.getStore() ?? Number.NaN;
  const visitKey = Buffer.from('k');
  pages.use(createSurveyRouter({ db, policy: () => policy, clock, randomBytes, visitKey, logger }));
  const server = await new Promise<Server>((resolve) => {
    const listening = pages.listen(0, '127.0.0.1', () => resolve(listening));
  });
  const { port } = server.address() as AddressInfo;

  /** As the program sends it: no header is added but those of the connection. */
  function send({ now }: Visit, { path, method, sender, gesture = false, body }: Sent) {
    const form = body && String(new URLSearchParams(body));
    const headers = {
      ...headersOf(sender, gesture),
      'x-sent-at': String(now),
      ...(form !== undefined && {
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': String(Buffer.byteLength(form)),
      }),
    };
    return new Promise<{ status: number; text: string }>((resolve, reject) => {
      const sending = request({ port, path, method: method ?? 'GET', headers, agent: connections }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text })).on('error', reject);
      });
      sending.on('error', reject).end(form);
    });
  }

  return {
    send,
    open: async (visit: Visit, path: string, sender: Sender): Promise<string> =>
      (await send(visit, { path, sender, gesture: true })).text,
    post: (visit: Visit, sender: Sender, body: Record<string, string>, gesture = false) =>
      send(visit, { path: `/s/${visit.token}`, method: 'POST', sender, body, gesture }),
    stop: () => {
      connections.destroy();
      server.close();
    },
  };
}

/** The fields of the form as it was opened. */
export function fieldsOf(html: string): Record<string, string> {
  const form = /name="form" value="([\w-]+)"/.exec(html)?.[1] ?? '';
  const score = /value="(\d+)" checked/.exec(html)?.[1];
  return { form, used: '', more: '', comment: '', ...(score ? { score } : {}) };
}

/** The path of the link that no person sees. */
export const trapIn = (html: string): string => `/s/${/href="([^"]+\/more\?form=[^"]+)"/.exec(html)?.[1] ?? ''}`;

/** Mails that were handed over on Monday at noon, one for each token. Their tickets are numbered from 1. */
export async function givenMails({ db }: TestDatabase, tokens: readonly string[]): Promise<void> {
  for (const [n, token] of tokens.entries()) {
    const id = n + 1;
    await givenTicket(db, { id, requesterId: 1_000 + id });
    await givenInvitation(db, {
      ticketId: id,
      requesterId: 1_000 + id,
      recipient: `${id}@example.com`,
      sentAt: MONDAY_NOON,
      expiresAt: new Date(MONDAY_NOON.getTime() + 14 * DAY),
      state: 'sent',
      tokenHash: hashSurveyToken(token),
    });
  }
}

/** Score and words of the answers that count, by ticket. */
export async function answersByTicket({ db }: TestDatabase): Promise<Map<number, string>> {
  const { score, comment } = responses;
  const rows = await db
    .select({ ticketId: invitations.ticketId, score, comment })
    .from(invitations)
    .innerJoin(responses, eq(responses.invitationId, invitations.id));
  return new Map(rows.map((row) => [row.ticketId ?? 0, `${row.score} ${row.comment}`]));
}
