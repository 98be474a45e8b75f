// Lists the labels with which mail programs introduce a quoted message, by language.

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
