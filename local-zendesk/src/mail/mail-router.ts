// Routes for the pages of the customers' mailbox.
import { type Response, Router } from 'express';
import { z } from 'zod';
import { html } from '../pages/html.ts';
import { layout } from '../pages/layout.ts';
import { framedMail, MAIL_TABS, mailListPage, mailPage } from './mail-pages.ts';
import type { Mail, Mailbox } from './mailbox.ts';

const listQuery = z.object({
  to: z.string().optional(),
  page: z.coerce.number().int().positive().catch(1),
  still: z.string().optional(),
});
const mailQuery = z.object({ tab: z.enum(MAIL_TABS).catch('html') });

// The mail's own styles may apply; nothing in it may run, load, or reach the pages around it.
const FRAME_POLICY =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data: http: https:";

/** `/mail`, `/mail/:id`, `/mail/:id/html`. */
export function mailRouter(mailbox: Mailbox, now: () => number): Router {
  const router = Router();
  router.get('/mail', (request, response) => {
    const { to, page, still } = listQuery.parse(request.query);
    response.send(
      mailListPage(mailbox, { to: to === '' ? undefined : to, page, still: still !== undefined, now: now() }),
    );
  });
  router.get('/mail/:id', (request, response) => {
    const mail = found(mailbox, request.params.id, response);
    if (mail !== undefined) response.send(mailPage(mail, mailQuery.parse(request.query).tab));
  });
  router.get('/mail/:id/html', (request, response) => {
    const mail = found(mailbox, request.params.id, response);
    if (mail !== undefined) response.set('content-security-policy', FRAME_POLICY).type('html').send(framedMail(mail));
  });
  return router;
}

function found(mailbox: Mailbox, id: string, response: Response): Mail | undefined {
  const mail = mailbox.find(Number(id));
  if (mail === undefined) {
    const body = html`<h1>No such mail</h1><p>It may be older than this run. <a href="/mail">All mail</a></p>`;
    response.status(404).send(layout({ title: 'No such mail', section: 'mail', body }));
  }
  return mail;
}
