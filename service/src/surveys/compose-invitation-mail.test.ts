import { composeInvitationMail } from './compose-invitation-mail.ts';
import { aPolicy, aRequester, MONDAY_NOON } from './testing/survey-fixtures.ts';
import type { InvitationRow } from './why-not-send.ts';

const compose = (parts: { subject?: string; name?: string; survey?: 'csat' | 'ces'; locale?: string } = {}) =>
  composeInvitationMail({
    reservation: {
      invitation: { id: 3, ticketId: 4711, solvedAt: MONDAY_NOON, survey: parts.survey ?? 'csat' } as InvitationRow,
      ticketSubject: parts.subject ?? 'My tent leaks',
      email: 'ana@example.com',
      expiresAt: new Date('2026-12-08T03:00:00Z'),
    },
    requester: aRequester({ name: parts.name ?? 'Ana Díaz', locale: parts.locale ?? null }),
    policy: aPolicy(),
    token: 'TOKEN',
    publicUrl: 'https://support.northwind.test/surveys/',
  });

test('both bodies name the request and link every answer to the page, under the path of PUBLIC_URL', () => {
  const { html, text } = compose();
  for (const body of [html, text]) {
    expect(body).toContain('#4711');
    expect(body).toContain('My tent leaks');
    for (const score of [1, 2, 3, 4, 5]) {
      expect(body).toContain(`https://support.northwind.test/surveys/s/TOKEN?score=${score}`);
    }
    expect(body).toContain('https://support.northwind.test/surveys/u/TOKEN');
  }
});

test.each(['csat', 'ces'] as const)('a %s mail shows digits and no emoji, which some fonts lack', (survey) => {
  const { html, text } = compose({ survey });
  for (const body of [html, text]) expect(body).not.toMatch(/\p{Extended_Pictographic}/u);
  const shown = [...html.matchAll(/class="score"[^>]*>([^<]*)</g)].map(([, digit]) => digit);
  expect(shown).toEqual((survey === 'csat' ? [1, 2, 3, 4, 5] : [1, 2, 3, 4, 5, 6, 7]).map(String));
  expect(html).toContain(survey === 'csat' ? '>Very unhappy<' : '1 = Strongly disagree');
});

test('the last day is given in the time zone of the business', () => {
  expect(compose().text).toContain('until 7 December 2026');
});

test('a CES mail asks for agreement from 1 to 7', () => {
  const { subject, html, text } = compose({ survey: 'ces' });
  expect(subject).toBe('Was it easy to get help from Northwind Outdoor?');
  expect(html).toContain('Northwind Outdoor made it easy for me to handle my issue.');
  expect(text).toContain('7  Strongly agree');
});

test("customers' words are escaped in HTML and unchanged in plain text", () => {
  const { html, text } = compose({ subject: '<img src=x onerror=alert(1)> & "tents"', name: "O'Brien <b>" });
  expect(html).not.toContain('<img');
  expect(html).not.toContain('<b>');
  expect(text).toContain('<img src=x onerror=alert(1)> & "tents"');
});

test('a subject or name that contains a link is left out of the mail', () => {
  const { html, text, to } = compose({ subject: 'Win at https://evil.test now', name: 'Visit www.evil.test' });
  expect(html + text).not.toContain('evil.test');
  expect(text).toMatch(/^Hello,\n/);
  expect(to.name).toBe('');
});

test('opening the mail loads nothing from the network', () => {
  const { html } = compose();
  expect(html).not.toMatch(/<(img|script|link|iframe)\b|@import|url\(/i);
});

test('the Message-ID is the same at every attempt', () => {
  expect(compose().messageId).toBe(compose().messageId);
  expect(compose().messageId).toMatch(/^<survey\.3\.4711\.\d+@support\.northwind\.test>$/);
});

test('a customer whose language has no texts gets the survey in English', () => {
  expect(compose({ locale: 'tlh' })).toMatchObject({ language: 'en' });
});
