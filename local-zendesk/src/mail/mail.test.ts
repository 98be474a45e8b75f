import express from 'express';
import nodemailer, { type SendMailOptions } from 'nodemailer';
import request from 'supertest';
import { mailRouter } from './mail-router.ts';
import { createMailbox, type Mailbox } from './mailbox.ts';
import { type SmtpCatcher, startSmtpCatcher } from './smtp-catcher.ts';

const NOON = Date.parse('2026-03-01T12:00:00Z');
let smtp: SmtpCatcher;
let mailbox: Mailbox;

beforeEach(async () => {
  mailbox = createMailbox();
  smtp = await startSmtpCatcher({ mailbox, now: () => NOON, port: 0, host: '127.0.0.1' });
});
afterEach(() => smtp.stop());

async function send(given: Partial<SendMailOptions> = {}) {
  const transport = nodemailer.createTransport(smtp.url);
  await transport.sendMail({
    from: 'Northwind Outdoor <support@northwind.test>',
    to: 'rosa@example.test',
    subject: 'How did we do?',
    html: '<p>Tell <a href="http://127.0.0.1:4600/s/abc">us</a></p>',
    text: 'Tell us: http://127.0.0.1:4600/s/abc',
    ...given,
  });
  transport.close();
}

const app = () => express().use(mailRouter(mailbox, () => NOON + 60_000));

test('stores a mail sent by SMTP with both its parts and its headers', async () => {
  await send({ headers: { 'x-survey': 'csat' } });
  const [mail] = mailbox.list();
  expect(mail).toMatchObject({
    id: 1,
    receivedAt: NOON,
    to: ['rosa@example.test'],
    subject: 'How did we do?',
    text: expect.stringContaining('/s/abc') as string,
    html: expect.stringContaining('href="http://127.0.0.1:4600/s/abc"') as string,
  });
  expect(mail?.headers).toContainEqual({ name: 'X-Survey', value: 'csat' });
});

test('lists all mail, newest first, or that of one person', async () => {
  await send();
  await send({ to: 'Ole@Example.test', subject: 'Second' });
  const all = await request(app()).get('/mail').expect(200);
  expect(all.text.indexOf('Second')).toBeLessThan(all.text.indexOf('How did we do?'));
  const one = await request(app()).get('/mail?to=ole@example.test').expect(200);
  expect(one.text).not.toContain('How did we do?');
});

test('a mail cannot break out of its frame or into the page', async () => {
  await send({ subject: '<script>alert(1)</script>', html: '<script>alert(2)</script><a href="/x">x</a>' });
  const page = await request(app()).get('/mail/1').expect(200);
  expect(page.text).not.toContain('<script>');
  expect(page.text).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
  const frame = await request(app()).get('/mail/1/html').expect(200);
  expect(frame.headers['content-security-policy']).toMatch(/^sandbox .*default-src 'none'/);
  expect(frame.text).toContain('<base target="_blank">');
});

test('shows plain text and headers in their own tabs', async () => {
  await send();
  expect((await request(app()).get('/mail/1?tab=text')).text).toContain('Tell us: http://127.0.0.1:4600/s/abc');
  expect((await request(app()).get('/mail/1?tab=headers')).text).toContain('Message-ID');
});

test('shows a clear page for an unknown mail', async () => {
  const answer = await request(app()).get('/mail/99');
  expect([answer.status, answer.text]).toEqual([404, expect.stringContaining('No such mail')]);
});

test('moves to the next port when one is taken', async () => {
  const second = await startSmtpCatcher({ mailbox, now: () => NOON, port: smtp.port, host: '127.0.0.1' });
  expect(second.port).toBeGreaterThan(smtp.port);
  await second.stop();
});
