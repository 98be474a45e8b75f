// Mails as customers' programs send them, for the test of what is read of a text. People and shops are invented.

/** What came, and what its writer wrote now. Blanks at line ends and empty lines do not count. */
export type MailCase = readonly [name: string, text: string, written: string];

const OWN = 'Where is my parcel?';

/** Earlier messages, signatures and notices are left out. */
export const CUT: readonly MailCase[] = [
  [
    'Gmail',
    `${OWN}\n\nOn Wed, Mar 12, 2025 at 10:15 AM Northwind Support <help@shop.test> wrote:\n\n> You asked for a refund.\n>\n> Yours\n`,
    OWN,
  ],
  [
    'Gmail, wrapped',
    `${OWN}\n\nOn Wed, Mar 12, 2025 at 10:15 AM Northwind Outdoor Support Team <\nhelp@shop.test> wrote:\n> refund\n`,
    OWN,
  ],
  [
    'Gmail, wrapped before the verb',
    `${OWN}\n\nOn Wed, 12 Mar 2025 at 10:15, Northwind Support <help@shop.test>\nwrote:\n\nYou asked for a refund.\n`,
    OWN,
  ],
  [
    'Gmail without quote signs',
    `${OWN}\n\nOn Wed, 12 Mar 2025 at 10:15, Max <max@shop.test> wrote:\n\nWe have your refund.\n\nMax\n`,
    OWN,
  ],
  [
    'Gmail, German',
    `${OWN}\n\nAm Mi., 12. März 2025 um 10:15 Uhr schrieb Max Muster <max@shop.test>:\n\n> Ihre Rückerstattung refund\n`,
    OWN,
  ],
  ['Gmail, French', `${OWN}\n\nLe mer. 12 mars 2025 à 10:15, Max Muster <max@shop.test> a écrit :\n\n> refund\n`, OWN],
  ['Gmail, Spanish', `${OWN}\n\nEl mié, 12 mar 2025 a las 10:15, Max (<max@shop.test>) escribió:\n\n> refund\n`, OWN],
  [
    'Gmail, Italian',
    `${OWN}\n\nIl giorno mer 12 mar 2025 alle ore 10:15 Max <max@shop.test> ha scritto:\n\n> refund\n`,
    OWN,
  ],
  [
    'Gmail, Portuguese',
    `${OWN}\n\nEm qua., 12 de mar. de 2025 às 10:15, Max <max@shop.test> escreveu:\n\n> refund\n`,
    OWN,
  ],
  ['Gmail, Dutch', `${OWN}\n\nOp wo 12 mrt 2025 om 10:15 schreef Max <max@shop.test>:\n\n> refund\n`, OWN],
  ['Gmail, Polish', `${OWN}\n\nśr., 12 mar 2025 o 10:15 Max <max@shop.test> napisał(a):\n\n> refund\n`, OWN],
  ['Gmail, Swedish', `${OWN}\n\nDen ons 12 mars 2025 kl 10:15 skrev Max <max@shop.test>:\n\n> refund\n`, OWN],
  ['Gmail, Danish', `${OWN}\n\nDen ons. 12. mar. 2025 kl. 10.15 skrev Max <max@shop.test>:\n\n> refund\n`, OWN],
  ['Gmail, Finnish', `${OWN}\n\nke 12. maalisk. 2025 klo 10.15 Max (max@shop.test) kirjoitti:\n\n> refund\n`, OWN],
  ['Gmail, Czech', `${OWN}\n\nst 12. 3. 2025 v 10:15 odesílatel Max <max@shop.test> napsal:\n\n> refund\n`, OWN],
  ['Gmail, Russian', `${OWN}\n\nср, 12 мар. 2025 г. в 10:15, Max <max@shop.test>:\n\n> refund\n`, OWN],
  ['Gmail, Ukrainian', `${OWN}\n\nср, 12 бер. 2025 р. о 10:15 Max <max@shop.test> пише:\n\nrefund\n`, OWN],
  ['Gmail, Turkish', `${OWN}\n\nMax <max@shop.test>, 12 Mar 2025 Çar, 10:15 tarihinde şunu yazdı:\n\n> refund\n`, OWN],
  [
    'Gmail, Greek',
    `${OWN}\n\nΣτις Τετ 12 Μαρ 2025 στις 10:15 π.μ., ο χρήστης Max <max@shop.test> έγραψε:\n\n> refund\n`,
    OWN,
  ],
  [
    'Gmail, Hungarian',
    `${OWN}\n\nMax <max@shop.test> ezt írta (időpont: 2025. márc. 12., Sze, 10:15):\n\n> refund\n`,
    OWN,
  ],
  ['Gmail, Romanian', `${OWN}\n\nÎn mie., 12 mar. 2025 la 10:15, Max <max@shop.test> a scris:\n\n> refund\n`, OWN],
  ['Gmail, Japanese', `${OWN}\n\n2025年3月12日(水) 10:15 Max <max@shop.test>:\n\n> refund\n`, OWN],
  ['Gmail, Chinese', `${OWN}\n\nMax <max@shop.test> 于2025年3月12日周三 10:15写道：\n\n> refund\n`, OWN],
  ['Gmail, Korean', `${OWN}\n\n2025년 3월 12일 (수) 오전 10:15, Max <max@shop.test>님이 작성:\n\n> refund\n`, OWN],
  ['Gmail, Hebrew', `${OWN}\n\n‫בתאריך יום ד׳, 12 במרץ 2025 ב-10:15 מאת ‪Max‬‏ <‪max@shop.test‬‏>:‬\n\n> refund\n`, OWN],
  ['Gmail, Arabic', `${OWN}\n\nفي الأربعاء، 12 مارس 2025 10:15 ص كتب Max <max@shop.test>:\n\n> refund\n`, OWN],
  [
    'Gmail, Vietnamese',
    `${OWN}\n\nVào Th 4, 12 thg 3, 2025 vào lúc 10:15 Max <max@shop.test> đã viết:\n\n> refund\n`,
    OWN,
  ],
  [
    'Gmail, Indonesian',
    `${OWN}\n\nPada tanggal Rab, 12 Mar 2025 pukul 10.15 Max <max@shop.test> menulis:\n\n> refund\n`,
    OWN,
  ],
  ['Apple Mail', `${OWN}\n\n> On 12 Mar 2025, at 10:15, Max <max@shop.test> wrote:\n> \n> refund\n`, OWN],
  ['Apple Mail, German', `${OWN}\n\nAm 12.03.2025 um 10:15 schrieb Max Muster <max@shop.test>:\n\n﻿refund\n`, OWN],
  ['Thunderbird', `${OWN}\n\nOn 12.03.25 10:15, Max Muster wrote:\n> refund\n`, OWN],
  ['Thunderbird, German', `${OWN}\n\nAm 12.03.25 um 10:15 schrieb Max Muster:\n> refund\n> refund\n`, OWN],
  [
    'Yahoo',
    `${OWN}\n\n    On Wednesday, March 12, 2025 at 10:15:00 AM GMT+1, Max <max@shop.test> wrote:  \n \n refund\n`,
    OWN,
  ],
  ['Zoho', `${OWN}\n\n---- On Wed, 12 Mar 2025 10:15:00 +0100 Max <max@shop.test> wrote ----\n\nrefund\n`, OWN],
  [
    'Outlook',
    `${OWN}\n\n-----Original Message-----\nFrom: Max <max@shop.test>\nSent: Wednesday, March 12, 2025 10:15 AM\nTo: Robin\nSubject: Your refund\n\nrefund\n`,
    OWN,
  ],
  [
    'Outlook, newer',
    `${OWN}\n\n\nFrom: Max <max@shop.test>\nSent: Wednesday, March 12, 2025 10:15 AM\nTo: Robin Field <robin@example.com>\nSubject: Your refund\n\nrefund\n`,
    OWN,
  ],
  [
    'Outlook on the web',
    `${OWN}\n\n________________________________\nFrom: Max <max@shop.test>\nSent: 12 March 2025 10:15\nTo: Robin\nSubject: Your refund\n\nrefund\n`,
    OWN,
  ],
  [
    'Outlook, German',
    `${OWN}\n\nVon: Max Muster <max@shop.test>\nGesendet: Mittwoch, 12. März 2025 10:15\nAn: Robin\nBetreff: AW: refund\n\nrefund\n`,
    OWN,
  ],
  [
    'Outlook, bold',
    `${OWN}\n\n*Von:* Max Muster\n*Gesendet:* Mittwoch, 12. März 2025 10:15\n*An:* Robin\n*Betreff:* refund\n\nrefund\n`,
    OWN,
  ],
  [
    'Outlook, French',
    `${OWN}\n\nDe : Max <max@shop.test>\nEnvoyé : mercredi 12 mars 2025 10:15\nÀ : Robin\nObjet : refund\n\nrefund\n`,
    OWN,
  ],
  [
    'Outlook, Spanish',
    `${OWN}\n\nDe: Max\nEnviado el: miércoles, 12 de marzo de 2025 10:15\nPara: Robin\nAsunto: refund\n\nrefund\n`,
    OWN,
  ],
  [
    'Outlook, Italian',
    `${OWN}\n\nDa: Max\nInviato: mercoledì 12 marzo 2025 10:15\nA: Robin\nOggetto: refund\n\nrefund\n`,
    OWN,
  ],
  [
    'Outlook, Dutch',
    `${OWN}\n\nVan: Max\nVerzonden: woensdag 12 maart 2025 10:15\nAan: Robin\nOnderwerp: refund\n\nrefund\n`,
    OWN,
  ],
  [
    'Outlook, Polish',
    `${OWN}\n\nOd: Max\nWysłano: środa, 12 marca 2025 10:15\nDo: Robin\nTemat: refund\n\nrefund\n`,
    OWN,
  ],
  [
    'Outlook, Swedish',
    `${OWN}\n\nFrån: Max\nSkickat: den 12 mars 2025 10:15\nTill: Robin\nÄmne: refund\n\nrefund\n`,
    OWN,
  ],
  [
    'Outlook, Russian',
    `${OWN}\n\nОт: Max\nОтправлено: 12 марта 2025 г. 10:15\nКому: Robin\nТема: refund\n\nrefund\n`,
    OWN,
  ],
  [
    'Outlook, Turkish',
    `${OWN}\n\nKimden: Max\nGönderildi: 12 Mart 2025 10:15\nKime: Robin\nKonu: refund\n\nrefund\n`,
    OWN,
  ],
  [
    'Outlook, Chinese',
    `${OWN}\n\n发件人: Max <max@shop.test>\n发送时间: 2025年3月12日 10:15\n收件人: Robin\n主题: refund\n\nrefund\n`,
    OWN,
  ],
  [
    'Outlook, Japanese',
    `${OWN}\n\n差出人: Max <max@shop.test>\n送信日時: 2025年3月12日 10:15\n宛先: Robin\n件名: refund\n\nrefund\n`,
    OWN,
  ],
  [
    'Outlook, Korean',
    `${OWN}\n\n보낸 사람: Max <max@shop.test>\n보낸 날짜: 2025년 3월 12일 10:15\n받는 사람: Robin\n제목: refund\n\nrefund\n`,
    OWN,
  ],
  [
    'Outlook for Mac',
    `${OWN}\n\nFrom: Max <max@shop.test>\nDate: Wednesday, 12 March 2025 at 10:15\nTo: Robin\nSubject: refund\n\nrefund\n`,
    OWN,
  ],
  [
    'Outlook, with a long list of receivers',
    `${OWN}\n\nFrom: Max <max@shop.test>\nSent: 12 March 2025 10:15\nTo: Robin <r@example.com>;\n  Lena <l@example.com>\nCc: Omar\nSubject: refund\n\nrefund\n`,
    OWN,
  ],
  [
    'original message, German',
    `${OWN}\n\n-------- Ursprüngliche Nachricht --------\nVon: Max\nDatum: 12.03.25 10:15\nrefund\n`,
    OWN,
  ],
  ['original message, French', `${OWN}\n\n----- Message d'origine -----\nrefund\n`, OWN],
  [
    'original message without line breaks',
    `${OWN} -----Original Message----- From: Max Sent: today To: Robin Subject: refund`,
    OWN,
  ],
  ['header without line breaks', `${OWN}\nFrom: Max Sent: Wednesday To: Robin Subject: refund\nrefund`, OWN],
  ['Zendesk', `${OWN}\n\n##- Please type your reply above this line -##\n\nYour refund (123) has been updated.\n`, OWN],
  [
    'Zendesk, German, quoted',
    `${OWN}\n\n> ##- Bitte geben Sie Ihre Antwort über dieser Zeile ein. -##\n> refund\nrefund`,
    OWN,
  ],
  ['answers between the quotes', `> Do you want a refund?\nNo.\n\n> What then?\n${OWN}\n`, `No.\n${OWN}`],
  ['an answer below the quote', `On 12 Mar 2025, at 10:15, Max <max@shop.test> wrote:\n> Your refund\n\n${OWN}\n`, OWN],
  [
    'forwarded with a question',
    `${OWN}\n\n---------- Forwarded message ---------\nFrom: Shop <x@shop.test>\nDate: Wed, 12 Mar 2025\nSubject: Refund policy\nTo: <r@example.com>\n\nrefund\n`,
    OWN,
  ],
  [
    'forwarded by Apple Mail',
    `${OWN}\n\nBegin forwarded message:\n\nFrom: Shop <x@shop.test>\nSubject: refund\nDate: 12 March 2025\nTo: r@example.com\n\nrefund\n`,
    OWN,
  ],
  [
    'forwarded by Apple Mail, German',
    `${OWN}\n\nAnfang der weitergeleiteten Nachricht:\n\nVon: Shop\nBetreff: refund\n\nrefund\n`,
    OWN,
  ],
  ['signature', `${OWN}\n\n-- \nRobin Field\nRefund Manager, Acme\nwww.acme.test\n`, OWN],
  ['signature without the blank', `${OWN}\n--\nRobin Field\nRefunds & Returns\n`, OWN],
  [
    'signature above a quote',
    `${OWN}\n\n-- \nRobin, Refund Desk\n\nOn 12 Mar 2025, at 10:15, Max <max@shop.test> wrote:\n> refund\n`,
    OWN,
  ],
  [
    'closing and title',
    `${OWN}\n\nKind regards,\n\nRobin Field\nRefunds & Returns Manager\nAcme Ltd | +44 20 7946 0000\n`,
    `${OWN}\nKind regards,`,
  ],
  [
    'closing, German',
    `${OWN}\n\nMit freundlichen Grüßen\nRobin Feld\nLeitung Refund\nMusterstraße 12, 10115 Berlin\n`,
    `${OWN}\nMit freundlichen Grüßen`,
  ],
  ['iPhone', `${OWN}\n\nSent from my iPhone`, OWN],
  [
    'iPhone, with quote',
    `${OWN}\n\nSent from my iPhone\n\n> On 12 Mar 2025, at 10:15, Max <max@shop.test> wrote:\n> \n> refund\n`,
    OWN,
  ],
  ['iPhone, German', `${OWN}\n\nVon meinem iPhone gesendet`, OWN],
  ['iPhone, French', `${OWN}\nEnvoyé de mon iPhone`, OWN],
  ['iPhone, Spanish', `${OWN}\nEnviado desde mi iPhone`, OWN],
  ['iPhone, Japanese', `${OWN}\niPhoneから送信`, OWN],
  ['iPhone, Chinese', `${OWN}\n发自我的 iPhone`, OWN],
  ['iPhone, Turkish', `${OWN}\niPhone'umdan gönderildi`, OWN],
  [
    'Outlook for iOS',
    `${OWN}\n\nGet Outlook for iOS<https://aka.ms/o0ukef>\n________________________________\nFrom: Max\nSent: Wed\nTo: Robin\nSubject: refund\n`,
    OWN,
  ],
  ['Mail for Windows', `${OWN}\n\nSent from Mail for Windows\n`, OWN],
  [
    'Samsung',
    `${OWN}\n\nSent from my Galaxy\n\n-------- Original message --------\nFrom: Max <max@shop.test>\nrefund\n`,
    OWN,
  ],
  [
    'legal notice',
    `${OWN}\n\nThis e-mail and any attachments are confidential and intended solely for the addressee. If you got it in error, delete it. No refund of costs.\n`,
    OWN,
  ],
  [
    'legal notice, German',
    `${OWN}\n\nDiese E-Mail enthält vertrauliche Informationen und ist nur für den Empfänger bestimmt. Keine Erstattung (refund) von Kosten.\n`,
    OWN,
  ],
  [
    'banner of a mail server',
    `CAUTION: This email originated from outside of the organization. Do not click links, no refund.\n\n${OWN}\n`,
    OWN,
  ],
  ['Windows line breaks', `${OWN}\r\n\r\nOn 12 Mar 2025, at 10:15, Max <max@shop.test> wrote:\r\n> refund\r\n`, OWN],
  ['entities', `${OWN}\n\nOn 12 Mar 2025, at 10:15, Max &lt;max@shop.test&gt; wrote:\n&gt; refund\n`, OWN],
];

/** Nothing is left out of these. */
export const KEEP: readonly (readonly [name: string, text: string])[] = [
  ['a story', 'On Monday I wrote:\n"I want a refund"\nand nobody answered.'],
  ['a story with a date', 'On 12 March 2025 I wrote:\nPlease refund me.\nStill waiting.'],
  ['a story with date and time', 'On 12/03/2025 at 10:15 I wrote:\nPlease refund me.'],
  ['a story, German', 'Am 12.03.2025 um 10:15 schrieb ich Ihnen:\nBitte Geld zurück.'],
  ['a story, French', "Le 12/03/2025 à 10:15 j'ai écrit :\nRemboursement svp."],
  ['a story of an agent', 'On 12 March your agent wrote:\nYou get a refund.\nWhere is it?'],
  ['a story within a paragraph', 'I paid on 12/03/2025 at 10:15 and\nthe agent wrote:\nno refund'],
  ['a journey', 'From: Berlin\nTo: Hamburg\nI want a refund for this trip.'],
  ['a journey with a date', 'Hello\nFrom: Berlin\nTo: Hamburg\nDate: 3 May\nrefund please'],
  ['a journey on one line', 'Trip\nFrom: Berlin To: Hamburg, refund please'],
  ['a journey, German', 'Reise\nVon: Berlin\nNach: Hamburg\nDatum: 3. Mai\nGeld zurück'],
  ['a list', 'I need:\n-- a refund\n-- an invoice\n'],
  ['a list of one dash', 'I need:\n- a refund\n- an invoice'],
  ['a frame', 'Details\n--\nOrder 123\n--\nPlease refund it to my card.'],
  ['a dash within a line', 'The tent leaks -- I want a refund'],
  ['headings between dashes', 'Hello\n----- Order details -----\nrefund for order 123'],
  ['a line across', 'Hello\n____________\nrefund please'],
  ['a form', 'Name: Robin Field\nSubject: Order 123\nMessage: I want a refund'],
  ['a form with an address', 'Name: Robin\nEmail: robin at example\nOrder: 123\nReason: refund'],
  ['thanks before the question', 'Thanks,\nbut I still want a refund for my order'],
  ['thanks before a short question', 'Thanks\nmoney back please'],
  ['thanks, then more', 'Thank you\nRobin\n\nI forgot: I want a refund, can you do that?'],
  ['a postscript', 'Where is it?\n\nBest regards\nRobin\nP.S. I want a refund'],
  ['a postscript below dashes', 'Where is it?\n-- \nRobin\nPS: I want a refund'],
  ['a comparison', 'The price is\n> 100 EUR\nrefund please'],
  ['a face', '>:( refund me\nnow'],
  ['a telephone in a sentence', 'I wrote this\nSent from my phone the order failed, refund me.'],
  ['a telephone that is the matter', 'My iPhone arrived broken\nI want a refund for the iPhone'],
  ['a secret', 'This message is confidential.\n\nI want a refund.'],
  [
    'a secret first',
    'My e-mail is confidential and privileged, so please do not show my address on the invoice, and refund me.',
  ],
  ['times', 'I called at 10:15:\nnobody answered, refund me'],
  ['an address in a sentence', 'Please answer before 12/03/2025 to my second address:\nrefund'],
  ['a table', 'Order | Price\n----- | -----\n123 | refund'],
  ['code', 'It says:\n=== error ===\nrefund failed'],
  ['a lone closing', 'Refund\nThanks'],
];

/** Somebody who only passes a message on means that message. */
export const WHOLE: readonly (readonly [name: string, text: string, says: string])[] = [
  [
    'only a forwarded message',
    '---------- Forwarded message ---------\nFrom: Shop <x@shop.test>\nDate: Wed, 12 Mar 2025\nSubject: Order\nTo: r@example.com\n\nI want a refund.\n',
    'I want a refund.',
  ],
  [
    '"FYI" above it',
    'FYI\n\n---------- Forwarded message ---------\nFrom: Shop <x@shop.test>\nSubject: Order\n\nI want a refund.\n',
    'I want a refund.',
  ],
  ['only a quote', '> I want a refund.\n', 'I want a refund.'],
  [
    'only a quote and a telephone',
    'Sent from my iPhone\n\nOn 12 Mar 2025, at 10:15, Max <max@shop.test> wrote:\n> I want a refund.\n',
    'I want a refund.',
  ],
  [
    'only what stands below a header',
    'From: Max <max@shop.test>\nSent: Wednesday\nTo: Shop\nSubject: refund\n\nI want a refund.\n',
    'I want a refund.',
  ],
  [
    'only what stands below the line of Zendesk',
    '##- Please type your reply above this line -##\nI want a refund.',
    'I want a refund.',
  ],
];
