import { policySchema, type SurveyKind } from '@deskwright/shared';
import { composeInvitationMail } from './compose-invitation-mail.ts';
import { aPolicy, aRequester, MONDAY_NOON } from './testing/survey-fixtures.ts';
import type { InvitationRow } from './why-not-send.ts';

interface Parts {
  subject?: string;
  name?: string;
  survey?: SurveyKind;
  locale?: string;
  page?: object;
  ticketId?: number | null;
}

const compose = ({ page, ...parts }: Parts = {}) =>
  composeInvitationMail({
    reservation: {
      invitation: {
        id: 3,
        ticketId: parts.ticketId === undefined ? 4711 : null,
        solvedAt: MONDAY_NOON,
        survey: parts.survey ?? 'csat',
      } as InvitationRow,
      ticketSubject: parts.subject ?? 'My tent leaks',
      email: 'ana@example.com',
      expiresAt: new Date('2026-12-08T03:00:00Z'),
    },
    requester: aRequester({ name: parts.name ?? 'Ana Díaz', locale: parts.locale ?? null }),
    policy: page ? policySchema.parse({ ...aPolicy(), surveys: { ...aPolicy().surveys, page } }) : aPolicy(),
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

test.each([
  ['csat', undefined, ['😞', '😕', '😐', '😊', '😃']],
  ['ces', undefined, ['1', '2', '3', '4', '5', '6', '7']],
  ['csat', 'numbers', ['1', '2', '3', '4', '5']],
  ['csat', 'stars', ['★1', '★2', '★3', '★4', '★5']],
] as const)(
  'the scale of a %s mail looks as on the page (look: %s), and as digits in plain text',
  (survey, look, shown) => {
    const { html, text } = compose({ survey, ...(look && { page: { look: { [survey]: look } } }) });
    const cells = [...html.matchAll(/class="score"[^>]*>(.*?)<\/span>\n? *(?:<span class="soft|<\/a>)/gs)];
    expect(cells.map(([, cell]) => cell?.replace(/<[^>]*>/g, ''))).toEqual(shown);
    expect(text).toContain(survey === 'csat' ? ' 1  Very unhappy\n' : ' 1  Strongly disagree\n');
    expect(html).toContain(survey === 'csat' ? '>Very unhappy<' : '1 = Strongly disagree');
  },
);

const ARABIC = {
  nps: {
    question: 'ما مدى احتمال أن توصي بـ {company}؟',
    subject: 'هل توصي بـ {company}؟',
    intro: 'نود في {company} معرفة رأيك.',
    labels: ['غير محتمل', '', '', '', '', '', '', '', '', '', 'محتمل جدًا'],
  },
  words: {
    greeting: 'مرحبًا {name}،',
    how: 'يفتح الاختيار صفحة.',
    until: 'يمكنك الإجابة حتى {date}.',
    unsubscribe: 'لا مزيد من الاستطلاعات',
    unsubscribe_why: 'تصلك هذه الرسالة لأنك عميل {company}.',
  },
};

test('name, colour, logo and every text of the policy stand in the mail too, from right to left where the language is', () => {
  const page = {
    brand: 'Polar',
    color: '#ffcc00',
    logo: 'https://cdn.northwind.test/logo.png',
    texts: { ar: ARABIC },
  };
  const mail = compose({ survey: 'nps', ticketId: null, locale: 'ar-EG', page });
  expect(mail).toMatchObject({ language: 'ar', subject: 'هل توصي بـ Polar؟' });
  for (const body of [mail.html, mail.text]) {
    for (const words of ['مرحبًا Ana Díaz،', 'نود في Polar معرفة رأيك.', 'لا مزيد من الاستطلاعات', 'لأنك عميل Polar'])
      expect(body).toContain(words);
    expect(body).not.toMatch(/Northwind Outdoor|Hello|receive this mail/);
  }
  expect(mail.html).toContain('<html lang="ar" dir="rtl">');
  expect(mail.html).toContain('<img src="https://cdn.northwind.test/logo.png" alt="Polar"');
  expect(mail.html).toContain('.link { color: #ffcc00 !important; }');
  expect(mail.html).not.toContain('style="color:#ffcc00;"');
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
  expect(compose().messageId).toMatch(/^<survey\.3\.4711\.\d+\.[\da-f]{32}@support\.northwind\.test>$/);
});

test('a customer whose language has no texts gets the survey in English', () => {
  expect(compose({ locale: 'tlh' })).toMatchObject({ language: 'en' });
});
