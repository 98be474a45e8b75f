// Finds the line in which a mail program names the author and date of the quoted message below it.

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
