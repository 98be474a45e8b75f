// Lists the words that begin a signature, by language.

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

const MAYBE = new RegExp(DEVICE, 'i');

/** A cheap check: a text that names none contains no such line. */
export const mayNameDevice = (text: string): boolean => MAYBE.test(text);

/** A line that a phone or mail program added, and nothing else. */
export function isDeviceLine(text: string): boolean {
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
export function isClosing(text: string): boolean {
  if (text.length > 60) return false;
  const plain = text
    .toLowerCase()
    .replace(/[\s,.!;:–—-]+$/u, '')
    .replaceAll('’', "'")
    .trim();
  return CLOSINGS.has(plain);
}
