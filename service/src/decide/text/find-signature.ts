// Finds signatures and legal notices below the customer's own text.
import { hasWord, isBlank, type Line } from './lines.ts';

/** Netiquette says four lines; companies write more. */
const MOST_LINES = 15;
const MOST_BANNER_LINES = 6;

/** Marks the signature and notices among the lines that are not marked yet. @param text the lines' text */
export function markSignature(lines: readonly Line[], text: string): void {
  if (mayNameDevice(text))
    for (const line of lines) if (line.kind === null && isDeviceLine(line.text)) line.kind = 'signature';
  if (mayHoldDisclaimer(text)) markDisclaimers(lines.filter((line) => line.kind === null));
  const own = lines.filter((line) => line.kind === null);
  const begins = beginOfSignature(own);
  if (begins !== -1) for (const line of own.slice(begins)) line.kind = 'signature';
}

/** -1: there is none. */
function beginOfSignature(own: readonly Line[]): number {
  const dashes = own.flatMap(({ text }, at) => (text === '--' || text === '\u2014' ? [at] : []));
  const [only] = dashes;
  // Two such lines frame something.
  if (only !== undefined && dashes.length === 1 && isSignature(own, only, false)) return only;
  for (let at = own.length - 1; at > 0 && own.length - at <= MOST_LINES * 2; at--) {
    if (isClosing(own[at]?.text ?? '') && isSignature(own, at, true)) return at + 1;
  }
  return -1;
}

function isSignature(own: readonly Line[], at: number, strict: boolean): boolean {
  const below = own.slice(at + 1).filter((line) => !isBlank(line));
  const [name] = below;
  if (!own.slice(0, at).some(({ text }) => hasWord(text)) || below.length > MOST_LINES) return false;
  if (!strict) return !below.some(({ text }) => isPostscript(text));
  if (name === undefined || !isName(name.text)) return false;
  return below.every(({ text }) => isContactLine(text));
}

const isPostscript = (text: string): boolean => /^\s*(?:p\.?\s?s\.?|nb|n\.b\.|edit|nachtrag)(?:\s|:|-)/i.test(text);

/** One to five words, capitalized or in a script without case. */
function isName(text: string): boolean {
  const words = wordsOf(text);
  return words.length > 0 && words.length <= 5 && text.length <= 60 && !/[?!:]/.test(text) && areNames(words);
}

/** A title, a company, an address, a number; not a sentence. */
function isContactLine(text: string): boolean {
  if (text.length > 100 || isPostscript(text) || text.includes('?')) return false;
  if (/[@|]|\+\d|\d{4}|www\.|https?:|^\W*(?:tel|phone|fax|mobil|mail|e-?mail|web)/i.test(text)) return true;
  const words = wordsOf(text);
  if (/[.!]\s*$/.test(text) && words.length > 4) return false;
  return words.length === 0 || (words.length <= 8 && areNames(words));
}

const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’.-]*/gu) ?? [];

/** At least half are capitalized; short words in scripts without case count as names. */
function areNames(words: readonly string[]): boolean {
  const capital = words.filter(
    (word) => /^[\p{Lu}\p{Lt}\p{N}]/u.test(word) || (/^\p{Lo}/u.test(word) && word.length <= 12),
  );
  return capital.length * 2 >= words.length && !/^\p{Ll}/u.test(words[0] ?? '');
}

/** Paragraphs about confidentiality, and lines that warn of mail from outside. Never the first paragraph with words. */
function markDisclaimers(own: readonly Line[]): void {
  let hasWords = false;
  for (let from = 0; from < own.length; ) {
    let to = from;
    while (to < own.length && !isBlank(own[to] as Line)) to++;
    const paragraph = own.slice(from, to);
    const banner = linesOfBanner(paragraph);
    const rest = paragraph.slice(banner);
    const isNotice = hasWords && isDisclaimer(textOf(rest)) === 'notice';
    for (const line of isNotice ? paragraph : paragraph.slice(0, banner)) line.kind = 'disclaimer';
    if (!isNotice) hasWords ||= rest.some(({ text }) => hasWord(text));
    from = to + 1;
  }
}

const textOf = (lines: readonly Line[]): string => lines.map(({ text }) => text).join(' ');

/** The number of lines of the warning that a paragraph begins with. What a customer writes may follow without an empty line. */
function linesOfBanner(paragraph: readonly Line[]): number {
  for (let count = 1; count <= Math.min(paragraph.length, MOST_BANNER_LINES); count++) {
    const isWhole = count === paragraph.length || /[.!\])*>]$/.test(paragraph[count - 1]?.text ?? '');
    if (isWhole && isDisclaimer(textOf(paragraph.slice(0, count))) === 'banner') return count;
  }
  return 0;
}

/** `Sent from my ...`, as phones and mail programs add it. The device comes before or after it. */
const SENT =
  'sent (?:from|via|with|by|using)|get|von meinem|von meiner|gesendet (?:von|mit|über|mittels)|diese nachricht wurde von meinem|hol(?:e|en)? (?:dir|sie sich)|envoyé (?:de|depuis|à partir d[eu]|avec|par)|télécharge[rz]|obtenir|obtenez|enviado (?:desde|de|do|da|com|con|a partir d[eo]|via)|enviada (?:do|da|de)|obtener|obter|obtén|inviato (?:da|dal|dallo|dalla|con)|ottieni|verzonden (?:vanaf|vanuit|met|via)|verstuurd (?:vanaf|met)|download|skickat (?:från|med)|sendt (?:fra|med)|lähetetty|hent|hämta|wysłan[eoay] (?:z|za pomocą|przez)|pobierz|odesláno (?:z|ze|pomocí)|odoslané (?:z|zo)|küldve|elküldve|trimis (?:de pe|de la|din)|poslano (?:s|z|sa|iz)|saadetud|išsiųsta|nosūtīts|отправлено (?:с|со|из)|надіслано (?:з|із)|изпратено от|στάλθηκε από|εστάλη από|נשלח מה?|أُ?رسلت? من|تم الإرسال من|được gửi từ|đã gửi từ|dikirim dari|ส่งจาก|enviat (?:des d(?:e|el)|amb)|ارسال شده از|发自|發自|來自|从我的|從我的';
const DEVICE =
  'iphone|ipad|ipod|ios|mac|android|samsung|galaxy|huawei|xiaomi|redmi|oneplus|pixel|nokia|sony|xperia|motorola|blackberry|windows|outlook|yahoo|gmail|gmx|web\\.de|aol|proton ?mail|protonmail|tutanota|thunderbird|mail for|mail für|mail pour|mail para|mail per|mail voor|mobile?|handy|smartphone|telefon|phone|téléphone|portable|teléfono|móvil|celular|telefono|telefoon|tablet|computer';
const SENT_FROM = new RegExp(
  `^[^\\p{L}]{0,3}(?:(?:${SENT})(?![\\p{L}\\p{M}])|发自|發自|來自|从我的|從我的|ส่งจาก).{0,60}(?:${DEVICE})`,
  'iu',
);
/** Languages in which the device comes first. */
const DEVICE_SENT =
  /^(?:.{0,24}(?:iphone|ipad|android|samsung|galaxy|outlook|yahoo|gmail)).{0,20}(?:gönderildi|から送信|で送信|에서 보냄|에서 보낸|से भेजा गया|küldve|lähetetty|傳送|发送|寄出)\W{0,3}$/iu;

/** Outlook's advertisement where the verb does not come first (see `SENT` for the others). */
const GET_OUTLOOK =
  /^(?:outlook (?:für|for) (?:android|ios|mac) ?(?:herunterladen|を入手)|(?:获取|取得|скачать|получить|завантажити|отримати|obteniu) .{0,12}outlook (?:for|для|per a) (?:android|ios)|(?:android|ios)(?:용| için) outlook.{0,20})/iu;

const MAYBE_DEVICE = new RegExp(DEVICE, 'i');

/** A cheap check: a text that names none contains no such line. */
const mayNameDevice = (text: string): boolean => MAYBE_DEVICE.test(text);

/** A line that a phone or mail program added, and nothing else. */
function isDeviceLine(text: string): boolean {
  if (text.length > 90 || text.length < 6) return false;
  return (
    (SENT_FROM.test(text) && !/[.!?].*\s\S|,\s/.test(text.replace(/web\.de/gi, ''))) ||
    DEVICE_SENT.test(text) ||
    GET_OUTLOOK.test(text)
  );
}

const CLOSINGS = new Set(
  "best regards|kind regards|kindest regards|warm regards|with kind regards|with best regards|regards|best|best wishes|all the best|many thanks|thanks|thanks in advance|thank you|thank you in advance|thanks and regards|thanks & regards|cheers|sincerely|yours sincerely|sincerely yours|yours faithfully|yours truly|yours|cordially|respectfully|mit freundlichen grüßen|mit freundlichen grüssen|mit freundlichem gruß|mit freundlichem gruss|freundliche grüße|freundliche grüsse|viele grüße|viele grüsse|beste grüße|beste grüsse|herzliche grüße|liebe grüße|liebe grüsse|schöne grüße|gruß|gruss|grüße|grüsse|mfg|lg|vg|hochachtungsvoll|danke|vielen dank|besten dank|herzlichen dank|danke im voraus|vielen dank im voraus|cordialement|bien cordialement|très cordialement|bien à vous|salutations|sincères salutations|meilleures salutations|salutations distinguées|merci|merci d'avance|merci beaucoup|bonne journée|saludos|saludos cordiales|un saludo|un cordial saludo|un abrazo|atentamente|cordialmente|gracias|muchas gracias|gracias de antemano|cordiali saluti|distinti saluti|un cordiale saluto|saluti|grazie|grazie mille|cumprimentos|com os melhores cumprimentos|atenciosamente|att|abraços|obrigado|obrigada|met vriendelijke groet|met vriendelijke groeten|vriendelijke groet|vriendelijke groeten|groet|groeten|mvg|bedankt|alvast bedankt|hartelijke groeten|med vänliga hälsningar|med vänlig hälsning|vänliga hälsningar|vänligen|hälsningar|mvh|tack|tack på förhand|med venlig hilsen|venlig hilsen|de bedste hilsner|med vennlig hilsen|vennlig hilsen|hilsen|tak|takk|ystävällisin terveisin|terveisin|kiitos|pozdrawiam|z poważaniem|z wyrazami szacunku|dziękuję|z góry dziękuję|s pozdravem|s přátelským pozdravem|děkuji|s pozdravom|ďakujem|üdvözlettel|tisztelettel|köszönöm|cu stimă|cu respect|mulțumesc|s poštovanjem|lijep pozdrav|lep pozdrav|hvala|lugupidamisega|tervitades|pagarbiai|ar cieņu|с уважением|с наилучшими пожеланиями|спасибо|з повагою|дякую|с уважение|поздрави|με εκτίμηση|με εκτιμηση|ευχαριστώ|saygılarımla|saygılar|iyi çalışmalar|teşekkürler|בברכה|תודה|مع تحياتي|تحياتي|شكرا|شكراً|مع خالص التحية|trân trọng|cảm ơn|hormat kami|salam|terima kasih|此致|此致敬礼|谢谢|謝謝|祝好|よろしくお願いします|よろしくお願いいたします|敬具|감사합니다|감사드립니다".split(
    '|',
  ),
);

/** A line of thanks or greeting by itself, as at the end of a letter. */
function isClosing(text: string): boolean {
  if (text.length > 60) return false;
  const plain = text
    .toLowerCase()
    .replace(/[\s,.!;:–—-]+$/u, '')
    .replaceAll('’', "'")
    .trim();
  return CLOSINGS.has(plain);
}

/** The subject of a notice and what it says about it, by language: both must be present. */
const NOTICES: readonly (readonly [of: RegExp, says: RegExp])[] = [
  [
    /\b(?:e-?mails?|messages?|transmission|communication|attachments?)\b/i,
    /\b(?:confidential|privileged|intended (?:solely|only|recipient|for)|unauthori[sz]ed|disclaimer)\b/i,
  ],
  [/\b(?:e-?mails?|nachricht|mail)\b/i, /vertraulich|unbefugt|rechtlich geschützt/i],
  [/\b(?:messages?|courriels?|e-?mails?|mél)\b/i, /confidentiel/i],
  [/\b(?:mensaje|correo|e-?mail)\b/i, /confidencial/i],
  [/\b(?:messaggio|e-?mail|comunicazione)\b/i, /confidenzial|riservat[eoai]\b/i],
  [/\b(?:mensagem|e-?mail)\b/i, /confidencia/i],
  [/\b(?:bericht|e-?mail)\b/i, /vertrouwelijk/i],
  [/\b(?:meddelande|mejl|e-post|meddelelse|melding|e-mail|mail)/i, /konfidentiel|fortrolig|taushets/i],
  [/\b(?:wiadomoś|e-?mail)/i, /poufn/i],
  [/(?:zpráv|e-?mail|správ)/i, /důvěrn|dôvern/i],
  [/(?:сообщени|письм)/i, /конфиденциальн/i],
  [/(?:mesaj|e-?posta)/i, /gizli/i],
  [/(?:viesti|sähköposti)/i, /luottamuksellis/i],
  [/(?:μήνυμα|e-?mail)/i, /εμπιστευτικ/i],
  [/(?:mesaj|e-?mail)/i, /confiden[tț]ial/i],
  [/(?:missatge|correu)/i, /confidencial/i],
  [/(?:üzenet|e-?mail)/i, /bizalmas/i],
  [/(?:повідомлення|лист)/i, /конфіденційн/i],
  [/(?:съобщение|e-?mail)/i, /поверителн/i],
  [/(?:הודעה|דוא)/, /סודי|חסוי/],
  [/(?:الرسالة|البريد)/, /سري/],
  [/อีเมล|ข้อความ/, /เป็นความลับ/],
  [/(?:email|thư)/i, /bảo mật/i],
  [/メール|邮件|郵件|메일/, /機密|保密|机密|기밀/],
];
/** A customer's own sentence about something confidential is shorter. */
const LEAST_CHARACTERS = 90;
const LEAST_CHARACTERS_OF_CJK = 40;
const CJK = /[\p{scx=Han}\p{scx=Hangul}]/u;

const PLANET =
  /consider the environment before (?:printing|you print)|think before you print|an die umwelt.{0,40}(?:druck|ausdruck)|pensez à l[’']environnement|piense en el medio ambiente|pensa(?:te)? all[’']ambiente|n[’']imprimez (?:ce|cet) (?:message|courriel|e-?mail|mail)|antes de imprimir (?:este|esta) (?:mensaje|mensagem|correo|e-?mail)|prima di stampare quest[ao] (?:messaggio|e-?mail|mail)|denk aan het milieu voor/i;

/** What a company's mail server puts above mail from outside. */
const BANNER =
  /^\W*(?:caution|warning|external(?: e-?mail| sender)?|achtung|vorsicht|externe e-?mail|attention|attenzione|atención)\b.{0,40}(?:originat|outside (?:of )?(?:the|your)|external|extern|externe|esterno|externo).{0,400}$/i;

/** The same without an introductory word, and Outlook's notice about an unknown sender, which it adds for the receiver. */
const OTHER_BANNER =
  /^\W*(?:external\b.{0,40}(?:do not|don[’']t|be careful|use caution)|this (?:e-?mail|message) (?:originated|came|was sent) (?:from )?outside)\b.{0,300}\b(?:click|links?|attachments?)\b.{0,300}$|^\W*(?:you don[’']t often get email from|sie erhalten nicht (?:häufig|oft) e-?mails? von|vous n[’']obtenez pas souvent d[’']e-?mails?|no suele recibir correos? electrónicos? de|(?:você )?não costuma receber e-?mails? de|non si ricevono spesso messaggi di posta elettronica da|u ontvangt niet vaak e-?mails? van)\b.{0,300}$/i;

/** A cheap check: a text without any of these contains neither. */
const MAYBE_DISCLAIMER = new RegExp(
  [
    ...NOTICES.map(([, says]) => says),
    PLANET,
    /originat|outside|extern|esterno|don[’']t often get|erhalten nicht|pas souvent|no suele|não costuma|spesso messaggi|niet vaak/i,
  ]
    .map(({ source }) => source)
    .join('|'),
  'i',
);

const mayHoldDisclaimer = (text: string): boolean => MAYBE_DISCLAIMER.test(text);

/** A notice follows what was written; a banner can be above it, or anywhere. */
function isDisclaimer(paragraph: string): 'notice' | 'banner' | null {
  if (BANNER.test(paragraph) && /click|link|attachment|anh[aä]ng|pièce|allegat|adjunt|öffnen/i.test(paragraph))
    return 'banner';
  if (OTHER_BANNER.test(paragraph)) return 'banner';
  if (paragraph.length < 300 && PLANET.test(paragraph)) return 'notice';
  if (paragraph.length < (CJK.test(paragraph) ? LEAST_CHARACTERS_OF_CJK : LEAST_CHARACTERS)) return null;
  return NOTICES.some(([of, says]) => says.test(paragraph) && of.test(paragraph)) ? 'notice' : null;
}
