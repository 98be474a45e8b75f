// Distinguishes a company's legal notice from what a customer wrote.

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
const MAYBE = new RegExp(
  [
    ...NOTICES.map(([, says]) => says),
    PLANET,
    /originat|outside|extern|esterno|don[’']t often get|erhalten nicht|pas souvent|no suele|não costuma|spesso messaggi|niet vaak/i,
  ]
    .map(({ source }) => source)
    .join('|'),
  'i',
);

export const mayHoldDisclaimer = (text: string): boolean => MAYBE.test(text);

/** A notice follows what was written; a banner can be above it, or anywhere. */
export function isDisclaimer(paragraph: string): 'notice' | 'banner' | null {
  if (BANNER.test(paragraph) && /click|link|attachment|anh[aä]ng|pièce|allegat|adjunt|öffnen/i.test(paragraph))
    return 'banner';
  if (OTHER_BANNER.test(paragraph)) return 'banner';
  if (paragraph.length < 300 && PLANET.test(paragraph)) return 'notice';
  if (paragraph.length < (CJK.test(paragraph) ? LEAST_CHARACTERS_OF_CJK : LEAST_CHARACTERS)) return null;
  return NOTICES.some(([of, says]) => says.test(paragraph) && of.test(paragraph)) ? 'notice' : null;
}
