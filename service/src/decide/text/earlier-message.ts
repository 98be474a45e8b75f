// Recognises the lines with which an earlier message begins: who wrote when, the headers of a forwarded mail, marks.

/** `wrote`, by language. */
const WROTE =
  'wrote|writes|schrieb(?:en)?|a écrit|écrit|escribió|escribio|ha scritto|scrisse|escreveu|schreef|heeft geschreven|skrev|kirjoitti|napisał(?:a|\\(a\\))?|pisze|napsal(?:a|\\(a\\))?|napísal(?:a|\\(a\\))?|írta|ezt írta|a scris|napisa[ol]a?|je napisa[ol]a?|kirjutas|rašė|parašė|rakstīja|написал(?:а|\\(а\\))?|пише|писал(?:а|\\(а\\))?|пишет|написав|написала|написа|έγραψε|yazdı|şunu yazdı|şunları yazdı|כתב(?:ה|/ה)?|كتب(?:ت)?|đã viết|viết|menulis|写道|寫道|写了|のメール|さんは書きました|さんが書きました|작성|님이 작성|เขียน(?:ว่า)?|geschreven|geschrieben|wiadomość napisana|missatge de|va escriure|ha escrit|escribiu|skrifaði|लिखा|লিখেছেন|نوشت';
const HAS_WROTE = new RegExp(
  `(?<![\\p{L}\\p{M}])(?:${WROTE})(?![\\p{L}\\p{M}])|写道|寫道|のメール|さん[はが]書きました|작성`,
  'iu',
);

/** In the first or second person it is the customer's own sentence: `On 3 May at 10:15 I wrote:`. */
const PERSON =
  "i|we|you|your|they|he|she|ich|wir|sie|du|ihr|ihre|je|j[’']ai|nous|vous|votre|vos|on|il|elle|yo|nosotros|usted|ustedes|su|él|ella|io|noi|voi|lei|lui|eu|nós|você|vocês|sua|ele|ela|ik|wij|jij|jullie|uw|hij|zij|jag|vi|ni|er|jeg|dere|minä|sinä|ja|my|wy|pan|pani|já|ty|já|én|ön|я|мы|вы|он|она|ben|siz|biz";
const TOLD_BY_A_PERSON = new RegExp(
  `(?<![\\p{L}\\p{M}])(?:${PERSON})\\s+(?:\\p{L}+\\s+)?(?:${WROTE})(?![\\p{L}\\p{M}])|(?<![\\p{L}\\p{M}])(?:${WROTE})\\s+(?:${PERSON})(?![\\p{L}\\p{M}])|^\\s*(?:your|ihre?|votre|su|sua|uw)\\s`,
  'iu',
);

const TIME = /(?<!\d)\d{1,2}[:.h]\d{2}(?!\d)/;
const DATE =
  /(?<!\d)(?:19|20)\d{2}(?!\d)|(?<!\d)\d{1,4}[./-]\d{1,2}[./-]\d{2,4}(?!\d)|\d{1,2}\s?[月월]|(?<!\d)\d{1,2}\.? \p{L}{3,12}\.? (?:\d{2}|\d{4})(?!\d)/u;
const ADDRESS = /[<[(](?:mailto:)?[^<>()[\]\s]{1,100}@[^<>()[\]\s]{1,100}[>\])]/i;
/** Without a word for "wrote", as in Japanese and Korean: a date, a name, and the address last. */
const ENDS_WITH_ADDRESS = /<[^<>\s]{1,100}@[^<>\s]{1,100}>\s?[:：]?$/;
/** Zoho writes dashes in place of the colon, and in front. */
const ENDS = /[:：]$|\p{L} -{2,8}$/u;

/** How an attribution that is wrapped over several lines begins. */
const BEGINS =
  /^(?:on|am|le|el|il|em|no dia|op|den|d\.|dne|dňa|dnia|w dniu|în|la|la data|pe|în data|dana|dne|kuupäeval|в|у|на|στις|την|ב|في|vào|pada|mon|tue|wed|thu|fri|sat|sun|\d)/iu;
const MOST_CHARACTERS = 400;
const MOST_LINES = 3;

export interface Attribution {
  /** The number of lines. */
  readonly lines: number;
  /** It clearly comes from a mail program, so what follows is quoted even without `>`. */
  readonly plain: boolean;
}

/**
 * The attribution that begins at a line, possibly wrapped; null: there is none.
 * @param line returns a line by its number, without trailing spaces; empty after the last
 */
export function readAttribution(line: (index: number) => string, from: number): Attribution | null {
  let lines = 1;
  while (!ENDS.test(line(from + lines - 1))) if (line(from + lines - 1) === '' || ++lines > MOST_LINES) return null;
  const text = Array.from({ length: lines }, (_, at) => line(from + at).replace(/^[>*\s-]+/, '')).join(' ');
  if (text.length > MOST_CHARACTERS || (lines > 1 && !BEGINS.test(text) && !ADDRESS.test(line(from)))) return null;
  return judge(text, lines);
}

function judge(text: string, lines: number): Attribution | null {
  const hasTime = TIME.test(text);
  if (!hasTime && !DATE.test(text)) return null;
  const hasAddress = ADDRESS.test(text);
  if (HAS_WROTE.test(text)) {
    if (hasAddress) return { lines, plain: true };
    return TOLD_BY_A_PERSON.test(text) ? null : { lines, plain: hasTime && DATE.test(text) };
  }
  return ENDS_WITH_ADDRESS.test(text) ? { lines, plain: true } : null;
}

export type HeaderKind = 'from' | 'sent' | 'date' | 'to' | 'cc' | 'subject';

/**
 * As Outlook, Apple Mail, Gmail, Thunderbird and Yahoo write them: English, German, French, Spanish, Portuguese, Italian, Dutch,
 * Swedish, Danish, Norwegian, Finnish, Polish, Czech, Slovak, Hungarian, Romanian, Croatian, Slovenian, Estonian, Lithuanian, Latvian,
 * Russian, Ukrainian, Bulgarian, Greek, Turkish, Hebrew, Arabic, Persian, Hindi, Thai, Catalan, Serbian, Vietnamese,
 * Indonesian, Chinese, Japanese, Korean.
 */
const LABELS: Readonly<Record<HeaderKind, string>> = {
  from: 'from|von|de|da|van|från|fra|lähettäjä|od|feladó|de la|šalje|pošiljatelj|saatja|nuo|no|от|от кого|від|из|από|kimden|gönderen|מאת|من|từ|người gửi|dari|发件人|寄件者|寄件人|差出人|送信者|보낸 사람|보낸사람|발신|expéditeur|remitente|mittente|absender|nadawca|afsender|avsändare|odesílatel|จาก|प्रेषक|द्वारा|از|frá',
  sent: 'sent|gesendet|envoyé|envoyé le|enviado|enviado el|enviado em|enviada em|enviada|inviato|inviata|verzonden|skickat|sendt|lähetetty|wysłano|wysłane|odesláno|odoslané|elküldve|küldve|trimis|poslano|saadetud|išsiųsta|nosūtīts|отправлено|надіслано|изпратено|στάλθηκε|εστάλη|gönderildi|gönderilme tarihi|gönderme tarihi|נשלח|تاريخ الإرسال|تم الإرسال|đã gửi|dikirim|发送时间|傳送時間|寄件日期|送信日時|送信|보낸 날짜|보냄|발신일|ส่งเมื่อ|ส่ง|enviat|enviat el|भेजा गया|ارسال|послато|dihantar',
  date: 'date|datum|fecha|data|dato|päivämäärä|päiväys|päivä|dátum|dată|kuupäev|datums|дата|ημερομηνία|tarih|תאריך|التاريخ|ngày|tanggal|日期|时间|時間|日付|日時|날짜|วันที่|दिनांक|تاریخ|датум',
  to: 'to|an|à|a|para|per|aan|till|til|vastaanottaja|do|komu|pro|címzett|către|za|prima|kellele|kam|кому|до|προς|kime|alıcı|אל|إلى|đến|tới|kepada|untuk|收件人|收件者|宛先|받는 사람|받는사람|수신|destinataire|destinatario|empfänger|adresat|ถึง|per a|प्रति|به|за|коме',
  cc: 'cc|kopie|copie|copia|cópia|kopia|kopi|kopio|másolatot kap|копия|копія|κοιν|bilgi|עותק|نسخة|抄送|副本|참조|สำเนา|प्रतिलिपि|رونوشت',
  subject:
    'subject|betreff|objet|sujet|asunto|assunto|oggetto|onderwerp|ämne|emne|aihe|temat|předmět|predmet|tárgy|subiect|zadeva|teema|tema|тема|относно|θέμα|konu|נושא|הנדון|الموضوع|chủ đề|tiêu đề|subjek|perihal|主题|主旨|件名|제목|เรื่อง|หัวเรื่อง|assumpte|विषय|موضوع|предмет|наслов|efni',
};

const KINDS: ReadonlyMap<string, HeaderKind> = new Map(
  Object.entries(LABELS).flatMap(([kind, words]) => words.split('|').map((word) => [word, kind as HeaderKind])),
);

/** A label, possibly in bold (`*From:*`), and what follows. */
const HEADER_LINE = /^[\s>*]{0,20}([\p{L}\p{M}][\p{L}\p{M} ]{0,24}?)\s?\*?\s?[:：]\*?(.*)$/u;

export interface HeaderLine {
  readonly kind: HeaderKind;
  readonly value: string;
}

/** `From: Max <max@shop.test>`; null for any other line. */
export function readHeaderLine(line: string): HeaderLine | null {
  const [, label, value = ''] = HEADER_LINE.exec(line) ?? [];
  const kind = label === undefined ? undefined : KINDS.get(label.toLowerCase());
  return kind === undefined ? null : { kind, value };
}

/** Between dashes: `-----Original Message-----`. */
const ORIGINAL =
  "original message|original appointment|original email|ursprüngliche nachricht|originalnachricht|original[- ]nachricht|ursprüngliche mail|message d[’']origine|message original|message initial|mensaje original|mensagem original|messaggio originale|oorspronkelijk bericht|originalmeddelande|ursprungligt meddelande|originalmelding|opprinnelig melding|oprindelig meddelelse|original meddelelse|alkuperäinen viesti|wiadomość oryginalna|oryginalna wiadomość|původní zpráva|pôvodná správa|eredeti üzenet|mesaj original|mesajul original|izvorna poruka|originalna poruka|izvirno sporočilo|algne sõnum|algne kiri|pradinis laiškas|исходное сообщение|оригинальное сообщение|вихідне повідомлення|оригинално съобщение|αρχικό μήνυμα|orijinal mesaj|özgün [iİ]leti|missatge original|ข้อความเดิม|ข้อความต้นฉบับ|मूल संदेश|پیام اصلی|הודעה מקורית|الرسالة الأصلية|رسالة أصلية|thư gốc|tin nhắn gốc|pesan asli|原始邮件|原始郵件|邮件原件|元のメッセージ|원본 메시지|원래 메시지|reply message";

const FORWARDED =
  '(?:begin )?forwarded (?:message|email|by)|(?:anfang der )?weitergeleiteten? (?:nachricht|e-?mail)|(?:début du )?message (?:transféré|réexpédié)|(?:inicio del )?mensaje reenviado|(?:início da )?mensagem (?:encaminhada|reencaminhada)|(?:inizio )?messaggio inoltrato|(?:begin )?doorgestuurd bericht|(?:början på )?vidarebefordrat (?:meddelande|brev)|(?:start på )?videresendt (?:melding|meddelelse|besked)|välitetty viesti|(?:początek )?(?:przekazanej|przekazana) wiadomoś(?:ci|ć)|wiadomość przekazana|(?:začátek )?přeposlan(?:á|é) zpráv(?:a|y)|preposlaná správa|továbbított üzenet|mesaj redirecționat|proslijeđena poruka|posredovano sporočilo|edastatud kiri|(?:начало )?(?:пересланное|пересылаемое|переадресованное) сообщение|начало переадресованного сообщения|переслане повідомлення|препратено съобщение|προωθημένο μήνυμα|[iİ]letil(?:miş|en) (?:mesaj|[iİ]leti)|yönlendirilmiş [iİ]leti|missatge reenviat|ข้อความที่ส่งต่อ|अग्रेषित संदेश|הודעה שהועברה|رسالة معاد توجيهها|رسالة مُعاد توجيهها|الرسالة المعاد توجيهها|thư đã chuyển tiếp|tin nhắn đã chuyển tiếp|pesan terusan|pesan yang diteruskan|转发的?邮件|已转发(?:的)?邮件|轉寄的?郵件|已轉寄的郵件|転送された?メッセージ|転送メッセージ|전달된 메시지';

const between = (words: string): RegExp => new RegExp(`[-_=~]{3,40} ?(?:${words})[^-_=~\\n]{0,80}[-_=~]{3}`, 'iu');

const ORIGINAL_MARK = between(ORIGINAL);
const FORWARDED_MARK = between(FORWARDED);
/** Apple Mail writes it without dashes. */
const FORWARDED_LINE = new RegExp(`^[\\s>*]{0,20}(?:${FORWARDED})\\s?[:：]\\s{0,9}$`, 'iu');
/** Zendesk's own, in any language: `##- Please type your reply above this line -##`. */
const REPLY_ABOVE = /##-[^\n]{1,200}-##/;

export interface Mark {
  readonly kind: 'quoted' | 'forwarded';
  /** Where it begins in the line. */
  readonly at: number;
}

/** The separator in a line after which an earlier message begins; null: there is none. */
export function findMark(line: string): Mark | null {
  if (line.includes('##-')) {
    const at = line.search(REPLY_ABOVE);
    if (at !== -1) return { kind: 'quoted', at };
  }
  if (/[-_=~]{3}/.test(line)) {
    const forwarded = line.search(FORWARDED_MARK);
    if (forwarded !== -1) return { kind: 'forwarded', at: forwarded };
    const original = line.search(ORIGINAL_MARK);
    if (original !== -1) return { kind: 'quoted', at: original };
  }
  return /[:：]\s*$/.test(line) && FORWARDED_LINE.test(line) ? { kind: 'forwarded', at: 0 } : null;
}

/** `Fwd:`, `WG:`, `TR:` ... before a subject. */
const FORWARD_SUBJECT =
  /^\s*(?:re|aw|sv|antw|r)?\s*:?\s*(?:fwd?|wg|tr|rv|enc|i|inoltra|doorst|vs|vb|pd|továbbítás|továbbított|пересл|перенапр|ilt|转发|轉寄|転送|전달)\s*[:：]/iu;

export function isForwardSubject(subject: string): boolean {
  return FORWARD_SUBJECT.test(subject);
}
