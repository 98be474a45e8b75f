// Lists the lines with which mail programs separate a message from the one below it, by language.

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
