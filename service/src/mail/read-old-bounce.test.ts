import { readMailReport } from './read-mail-report.ts';

const ID = '<survey.41.7.1795453200@surveys.northwind.test>';
const TOKEN = 'T'.repeat(43);
const gone = { kind: 'bounce', addresses: ['ana@customers.test'], permanent: true, messageId: ID };

const raw = (text: string): Buffer => Buffer.from(text.replaceAll('\n', '\r\n'));

describe('a bounce without a machine-readable part', () => {
  const bounced = (text: string, extra = '') =>
    raw(`From: MAILER-DAEMON@mx.test\nSubject: Undelivered\n${extra}\n${text}\n`);

  test('that names no address is judged as one, if it names the mail', async () => {
    const text = `The mail could not be delivered: 550 5.1.1 user unknown\n\n`;
    const failure = { addresses: [], permanent: true, status: '5.1.1' };
    const found = { kind: 'bounce', ...failure, failures: [failure] };
    expect(await readMailReport(bounced(`${text}Message-ID: ${ID}`))).toEqual({
      ...found,
      messageId: ID,
      token: null,
      isMention: false,
    });
    expect(await readMailReport(bounced(`${text}https://surveys.northwind.test/u/${TOKEN}`))).toMatchObject({
      ...found,
      token: TOKEN,
    });
    expect(await readMailReport(bounced(text))).toEqual({ kind: 'other' });
  });

  test('tells a Message-ID that it has only as what it answers', async () => {
    const text = 'ana@customers.test: 550 5.1.1 user unknown';
    const report = await readMailReport(bounced(text, `In-Reply-To: ${ID}\n`));
    expect(report).toMatchObject({ ...gone, status: '5.1.1', token: null, isMention: true });
  });

  test.each([
    'Avviso: consegna ritardata',
    'Ritardo nella consegna',
    'Bezorging vertraagd',
    'Uitgestelde bezorging',
    'Entrega atrasada',
    'Atraso na entrega',
    'Entrega adiada',
    'Opóźnione dostarczenie',
    'Leveransen är fördröjd',
    'Levering forsinket',
    'Доставка задерживается',
    '配信遅延通知',
    '邮件延迟',
  ])('whose subject says “%s” is only late', async (subject) => {
    const text = `ana@customers.test:\nmailbox unavailable\n\nMessage-ID: ${ID}`;
    const mail = String(bounced(text)).replace('Undelivered', subject);
    expect(await readMailReport(Buffer.from(mail))).toEqual({ kind: 'other' });
  });

  test('with a temporary code may pass, whatever its subject says', async () => {
    const text = `ana@customers.test:\n450 Requested mail action not taken: mailbox unavailable\n\nMessage-ID: ${ID}`;
    expect(await readMailReport(bounced(text))).toMatchObject({ ...gone, permanent: false });
  });

  test('with a code for good is one, whatever was late by the subject of the mail that came back', async () => {
    const text = `ana@customers.test:\n550 5.1.1 user unknown\n\nMessage-ID: ${ID}`;
    const mail = String(bounced(text)).replace('Undelivered', 'Undelivered: How did we do? (Delayed order)');
    expect(await readMailReport(Buffer.from(mail))).toMatchObject(gone);
  });

  test('that a server marks as automatic, as Exim does, is one; a postmaster’s automatic reply is none', async () => {
    const mail = String(
      bounced(`ana@customers.test\n550 5.1.1 user unknown\n\nMessage-ID: ${ID}`, 'Auto-Submitted: auto-replied\n'),
    );
    expect(await readMailReport(Buffer.from(mail))).toMatchObject(gone);
    const postmaster = mail.replace('MAILER-DAEMON@', 'postmaster@');
    expect(await readMailReport(Buffer.from(postmaster))).toEqual({ kind: 'other' });
  });
});
