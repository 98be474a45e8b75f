// Lists the wording of mails that programs send by themselves, and of mails that people write.

/** What a text can show. `weight`: 4 is enough by itself, where nothing shows a person. */
export interface Sign {
  readonly name: string;
  readonly weight: number;
  readonly pattern: RegExp;
}

const any = (...patterns: readonly string[]): RegExp => new RegExp(patterns.join('|'), 'u');

/** What a subject, or the first line, begins with. Bounces and receipts weigh less: a parcel, too, is "undeliverable". */
export const LABELS: readonly Sign[] = [
  {
    name: 'label',
    weight: 4,
    pattern: new RegExp(
      `^[^\\p{L}\\p{N}]{0,3}(?:${[
        'auto(?:matic|mated)?[- ]?(?:reply|response|answer)|auto-?responder|automatic message',
        'out[- ]of[- ](?:the[- ])?office(?: (?:auto(?:matic)?[- ]?)?(?:reply|response|message|notice|notification|autoreply))?',
        '(?:vacation|holiday|away) (?:reply|response|message|notice|auto-?reply)',
        'automatische (?:rück)?antwort|abwesenheits\\p{L}+|urlaubs(?:notiz|meldung)',
        "réponse automatique|(?:message|avis|réponse) d'absence|absence du bureau|message automatique",
        'respuesta automática|fuera de (?:la )?oficina|mensaje automático',
        'risposta automatica|fuori (?:ufficio|sede)',
        'resposta automática|fora do escritório|ausência temporária',
        'automatisch (?:antwoord|bericht)|automatische (?:beantwoording|reactie)|afwezigheids\\p{L}+',
        'autosvar|automatisk(?:t)? svar|frånvaro\\p{L}*|fraværs\\p{L}+',
        'automatyczna odpowiedź|odpowiedź automatyczna|autoodpowiedź|automaattinen vastaus|poissaoloilmoitus',
        'automatická odpověď|otomatik yanıt|автоматический ответ|автоответ',
        '自動返信|自動応答|不在通知|自动回复|自動回覆|자동 회신',
      ].join('|')})\\s*(?:[:：|[(–—-]|[.!]?\\s*$)`,
      'u',
    ),
  },
  {
    name: 'report label',
    weight: 2,
    pattern: new RegExp(
      `^[^\\p{L}\\p{N}]{0,3}(?:${[
        'delivery status notification|undeliverable|undelivered mail|mail delivery|returned mail|failure notice|delivery (?:failure|delayed)',
        'read|not read|read receipt|return receipt|acknowledge?ment|confirmation of receipt|request received',
        'unzustellbar|nicht zugestellt|lesebestätigung|gelesen|ungelesen|empfangsbestätigung|eingangsbestätigung',
        'non remis|échec de (?:la )?remise|accusé de (?:réception|lecture)|lu',
        'no se puede entregar|no entregado|acuse de recibo|confirmación de lectura|leído|ausente',
        'non recapitabile|conferma di lettura|não entregue|confirmação de leitura|onbestelbaar|leesbevestiging|afwezig',
      ].join('|')})\\s*(?:[:：|[(–—-]|[.!]?\\s*$)`,
      'u',
    ),
  },
];

/** A sentence begins here, not a quotation. */
const BEGINS = '(?:^|[.!\\n*_|–—-]\\s*)';

export const AUTOMATIC: readonly Sign[] = [
  {
    name: 'says so',
    weight: 4,
    pattern: any(
      `${BEGINS}(?:please note(?::| that)? )?this is an? (?:auto(?:mated|matic|-?generated|matically[- ](?:generated|sent))) (?:out[- ]of[- ]office )?(?:reply|response|message|e-?mail|mail|acknowledg\\w+|notification|confirmation)(?! (?:you|i|we|that i|which i))`,
      `${BEGINS}this (?:message|e-?mail|reply|response|mail|notice) (?:was|is|has been) (?:(?:an? )?auto(?:matically|-)? ?(?:generated|sent|created)|(?:generated|sent|created) automatically)`,
      `${BEGINS}(?:dies|das|hierbei handelt es sich um|dies hier) ?(?:ist )?eine(?:r)? automati(?:sche|sch \\p{L}+te|sch \\p{L}+e) (?:rück|abwesenheits|eingangs)?-?(?:antwort|nachricht|e-?mail|mail|bestätigung|notiz)`,
      `${BEGINS}diese (?:e-?mail|nachricht|mail|antwort) (?:wurde|wird|ist) (?:von .{1,40} )?automatisch (?:generiert|erstellt|erzeugt|ver(?:sendet|schickt|sandt)|gesendet)`,
      `${BEGINS}(?:ceci est|il s'agit d')\\s?(?:une? )?(?:réponse|message|e-?mail|courriel|mail) (?:d'absence )?(?:automatique|générée? automatiquement)`,
      `${BEGINS}cet? (?:message|e-?mail|courriel|mail) (?:est|a été) (?:(?:généré|envoyé) automatiquement|automatique)`,
      `${BEGINS}est[aeo] es una? (?:respuesta|mensaje|correo|e-?mail)(?: electrónico)? (?:automátic[oa]|generad[oa] automáticamente)`,
      `${BEGINS}este (?:mensaje|correo)(?: electrónico)? (?:se ha|ha sido|fue) (?:generado|enviado) (?:de forma )?automátic`,
      `${BEGINS}quest[oa] è un[a']? ?(?:risposta|messaggio|e-?mail|mail) (?:automatic[oa]|generat[oa] automaticamente)`,
      `${BEGINS}(?:est[ae]|isto) é uma? (?:resposta|mensagem|e-?mail) (?:automátic[oa]|gerad[oa] automaticamente)`,
      `${BEGINS}dit is een automatisch(?:e)? (?:gegenereerd |verzonden )?(?:antwoord|bericht|e-?mail|mail|bevestiging)`,
      `${BEGINS}(?:detta är ett automatiskt|dette er et automatisk|to jest automatyczna|это автоматический)`,
    ),
  },
  {
    name: 'delivery report',
    weight: 4,
    pattern: any(
      "your (?:message|e-?mail|mail)(?: to .{1,80})? (?:could ?n[o']t|can ?n[o']t|was ?n[o']t|was not|could not|cannot|has not been|is) (?:be )?(?:un)?deliver(?:ed|able)\\b(?! to my)",
      "delivery (?:to the following recipients?|has failed to these|to .{1,60}@.{1,60} (?:has )?failed|is delayed to)|message wasn't delivered|message not delivered|wasn't able to deliver your message",
      '\\bmail delivery (?:subsystem|system|failed)|mailer-daemon|this is the mail system at|address not found|undeliverable:',
      "(?:the|this|user's|recipient's) (?:mailbox|inbox|e-?mail box) (?:is full|has exceeded)(?! of)|mailbox unavailable|permanent fatal errors|following address(?:es)? (?:had|failed)",
      '\\bdiagnostic-code:|final-recipient:|reporting-mta:|\\b55\\d[ -]5\\.\\d\\.\\d',
      'your message[^?]{0,300}\\b(?:was|has been) (?:(?:read|displayed|opened) (?:on|at)|deleted without being read)\\b|this is a (?:return )?receipt for the (?:mail|message)',
      'ihre nachricht[^?]{0,300}(?:wurde [^?]{0,80}(?:gelesen|nicht zugestellt|nicht übermittelt)|konnte nicht)|fehler bei der nachrichtenzustellung',
      "votre message[^?]{0,300}(?:n'a pas pu être|a été lu\\b|n'a pas été remis)|échec de la (?:remise|distribution)",
      'su mensaje[^?]{0,300}(?:no (?:se )?(?:ha podido|pudo|ha sido)|fue leído|se ha leído)',
    ),
  },
  {
    name: 'out of office',
    weight: 3,
    pattern: any(
      "\\b(?:i am|i'm|i will be|i'll be|am|we are|currently|is) (?:currently |now |presently |away and )*(?:out of (?:the |my )?office|ooo\\b|not in the office|away from (?:the |my )?(?:office|desk|e-?mail))",
      '(?:our|the) offices? (?:is|are|will be) (?:currently |now )?closed|(?:is|am|are) no longer (?:with|employed|working (?:at|for|with))|no longer works? (?:at|for|with|here)|has left the company',
      '(?:ich bin|bin ich|bin|ich befinde mich) (?:(?!\\.).{0,60}? )?(?:nicht (?:im (?:büro|haus)|am (?:platz|arbeitsplatz))|außer haus|ausser haus|in elternzeit|im mutterschutz)|büro ist (?:(?!\\.).{0,40} )?geschlossen|nicht mehr (?:bei|für) .{1,40} tätig',
      'je (?:suis|serai) (?:actuellement |présentement )?(?:absente?(?:\\(e\\))?|hors du bureau)|bureaux (?:sont|seront) fermés|ne travaille plus',
      'fuera de (?:la |mi )?oficina|(?:sono|sarò) (?:attualmente |al momento )?(?:assente|fuori (?:ufficio|sede))|fora do escritório|ya no trabaja',
      'ik ben (?:(?!\\.).{0,60} )?(?:niet (?:aanwezig|op kantoor)|afwezig)|(?:inte|ikke) på kontoret|poza biurem',
    ),
  },
  {
    name: 'away',
    weight: 2,
    pattern: any(
      "\\b(?:i am|i'm|i will be|i'll be|am|currently) (?:currently |now |presently |away )*(?:on (?:\\p{L}+ )?(?:leave|vacation|holidays?|pto)|away (?:until|from|on|till)|travell?ing|unavailable|absent)",
      '(?:ich bin|bin ich|bin|ich befinde mich) (?:(?!\\.).{0,60}? )?(?:im urlaub|nicht erreichbar|auf (?:dienst|geschäfts)reise|abwesend|krankgeschrieben)',
      'je (?:suis|serai) (?:actuellement |présentement )?(?:en (?:congés?|vacances|déplacement|arrêt)|indisponible)',
      '(?:estoy|estaré|me encuentro) (?:actualmente |en este momento )?(?:de vacaciones|de baja|ausente|de viaje|de permiso)',
      '(?:sono|sarò) (?:attualmente |al momento )?in (?:ferie|vacanza|congedo)|(?:estou|estarei|encontro-me) (?:atualmente |de momento )?(?:ausente|de férias|de licença)',
      'ik ben (?:(?!\\.).{0,60} )?(?:op vakantie|met (?:verlof|vakantie)|niet bereikbaar)|jag är (?:för närvarande )?(?:på semester|ledig|bortrest)|jeg er (?:på ferie|bortreist)|(?:jestem|przebywam) (?:obecnie )?(?:na urlopie|nieobecn)',
    ),
  },
  {
    name: 'return',
    weight: 1,
    pattern: any(
      "\\b(?:will|i'll) (?:be back|return|be returning)|back (?:in the office )?on\\b|returning|(?:up)?on my return|when i (?:return|get back|am back)|\\buntil\\b|\\bthrough (?:to )?(?:mon|tue|wed|thu|fri|sat|sun|\\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
      '\\bwieder (?:ab|am|erreichbar|im|für|da)|zurück|rückkehr|\\bbis (?:zum|einschließlich|\\d|mon|diens|mitt|donn|frei)|\\bab (?:dem )?\\d',
      "de retour|mon retour|jusqu'au|volveré|regresaré|mi (?:regreso|vuelta)|hasta el|tornerò|rientrerò|mio (?:rientro|ritorno)|fino al|regressarei|voltarei|meu regresso|até",
      'terug op|weer (?:bereikbaar|aanwezig)|terugk|tillbaka|tilbage|tilbake|wracam|wrócę',
    ),
  },
  {
    name: 'reads no mail',
    weight: 1,
    pattern: any(
      "(?:limited|no|intermittent|infrequent|sporadic|restricted|little) (?:e-?mail )?access|(?:not|won't|unable to|cannot|can't) (?:be )?(?:check|read|monitor|access|respond|reply)|not (?:be )?forwarded|checking (?:my )?(?:e-?mails?|messages) (?:\\p{L}+ )?(?:periodically|occasionally|sporadically|infrequently)|(?:responses?|repl(?:y|ies)) (?:may|might|will) be delayed",
      'eingeschränkt|sporadisch|keinen zugriff|nicht (?:gelesen|weitergeleitet|bearbeitet|abrufen)|unregelmäßig',
      'accès (?:limité|restreint|ponctuel)|pas accès|acceso (?:limitado|restringido)|sin acceso|no tendré acceso|accesso limitato|acesso limitado|beperkt',
    ),
  },
  {
    name: 'names a deputy',
    weight: 1,
    pattern: any(
      '\\burgent|emergenc|immediate (?:assistance|attention|help|response|support)|my absence|my colleagues?|please (?:contact|reach out to|direct|address)|feel free to contact',
      'dringend|vertret|kolleg|meiner abwesenheit|wenden sie sich',
      'urgen[ct]|(?:mon|mes) absence|collègue|veuillez (?:contacter|vous adresser)|merci de contacter|mi ausencia|mis? compañer|contacte? con|collega|contattare|colega|contacte|spoed|dringende|kollega|zastęp',
    ),
  },
  {
    name: 'thanks',
    weight: 1,
    pattern: any(
      '(?:thank you|thanks|many thanks)(?: very much| so much)? for (?:your (?:e-?mail|message|mail|enquiry|inquiry|request|interest|note|patience)|contacting|reaching out|getting in touch|writing|e-?mailing|messaging)',
      '(?:vielen dank|danke|herzlichen dank|besten dank) für (?:ihre|deine|eure|die|ihr) (?:e-?mail|mail|nachricht|anfrage|kontakt\\p{L}*|mitteilung|interesse|schreiben)',
      'merci (?:de (?:nous|m)|pour votre|de votre)|nous vous remercions|gracias por (?:su|tu|contactar|escribir|ponerse|comunicarse)|grazie per (?:il|la|averci|aver)|obrigad[oa] pel[ao]|(?:hartelijk )?(?:dank|bedankt) voor (?:uw|je)|tack för|tak for|takk for|dziękuj',
    ),
  },
  {
    name: 'has received it',
    weight: 2,
    pattern: any(
      "\\bwe(?: have|'ve)? (?:successfully )?received your (?:\\p{L}+ )?(?:e-?mail|message|mail|request|inquiry|enquiry|query|ticket|submission)|your (?:e-?mail|message|request|inquiry|enquiry|ticket|query|case|submission) (?:\\(?#?\\d+\\)? )?(?:has been|was|is being|is) (?:successfully )?(?:received|logged|registered|created|forwarded|submitted|assigned|processed)|(?:confirm|acknowledge)s? (?:the )?receipt|confirm that we(?: have)? received",
      'haben (?:wir )?ihre? (?:e-?mail|nachricht|anfrage|mitteilung|anliegen|schreiben) (?:erhalten|empfangen)|ihre? (?:e-?mail|nachricht|anfrage|anliegen) (?:ist (?:bei uns )?eingegangen|wurde)',
      'avons bien reçu (?:votre|ta)|a bien été (?:reçue?|enregistrée?|prise? en compte)|hemos recibido (?:su|tu)|ha sido recibid|abbiamo ricevuto (?:la|il)|recebemos (?:a sua|o seu)|hebben (?:uw|je) .{1,20} ontvangen|is ontvangen',
    ),
  },
  {
    name: 'will answer',
    weight: 1,
    pattern: any(
      '(?:will|shall|aim to|endeavou?r to|try to) (?:get back to you|respond|reply|contact you|be in (?:touch|contact)|answer|review|come back to you)|get back to you|is being (?:reviewed|processed)',
      'melden uns|melde mich|(?:werden|werde) (?:uns|sie|ihre|ihnen|mich)|schnellstmöglich|so (?:bald|schnell|rasch) wie möglich|umgehend',
      'répond(?:rons|rai|re)|(?:dans les )?(?:plus brefs|meilleurs) délais|recontact|responder(?:é|emos)|lo antes posible|a la (?:mayor )?brevedad|rispond(?:erò|eremo)|prima possibile|responder(?:ei|emos)|mais (?:breve|rápido)|zo (?:snel|spoedig) mogelijk|så snart|jak najszybciej',
    ),
  },
  {
    name: 'within days',
    weight: 2,
    pattern: any(
      'within (?:the next )?(?:\\d+|one|two|three|five)(?: ?(?:-|to|–) ?\\d+)? (?:business|working) (?:hours?|days?)|within (?:24|48|72)(?: ?- ?\\d+)? hours',
      'innerhalb (?:von |der nächsten )?\\d+ (?:werktag|arbeitstag|stunden)|sous \\d+ ?(?:h|heures|jours)|(?:plazo|dentro) de \\d+ (?:horas|días)|entro \\d+ ore|binnen \\d+ (?:uur|werkdagen)',
    ),
  },
  {
    name: 'ticket opened',
    weight: 2,
    pattern: any(
      'your (?:ticket|case|reference|request|incident) (?:number|no\\.?|id|#) (?:is|for)|(?:ticket|case) (?:\\S+ )?has been (?:created|opened|logged)|(?:ticket|vorgangs|bearbeitungs)-?nummer (?:lautet|ist)|numéro de (?:ticket|dossier|demande) est|número de (?:ticket|caso) es',
    ),
  },
  {
    name: 'nobody reads it',
    weight: 2,
    pattern: any(
      '(?:mailbox|inbox|address|account) is (?:not|no longer) (?:monitored|attended|checked|read|in use|active)|(?:unmonitored|unattended) (?:mailbox|inbox|address|account)',
      'postfach wird nicht|adresse wird nicht (?:gelesen|überwacht)',
    ),
  },
  {
    name: 'takes no answer',
    weight: 2,
    pattern: any(
      "(?:do not|don't) (?:reply|respond) (?:directly )?to this",
      'nicht auf diese (?:automati\\S+ )?(?:e-?mail|mail|nachricht)|ne pas répondre|no responda|non rispondere|não responda|niet (?:te )?(?:be)?antwoorden|svara inte|nie odpowiad',
    ),
  },
];

/** What only people write: questions and requests of their own. Sentences about urgent cases are left out before. */
export const HUMAN: readonly Sign[] = [
  { name: 'question', weight: 1, pattern: any('[?？؟¿]') },
  {
    name: 'asks',
    weight: 1,
    pattern: any(
      '\\b(?:can|could|would|will) (?:you|u|someone|somebody|anyone)\\b|\\bplease (?:call|phone|ring|text|write|e-?mail|send|refund|cancel|help|tell|let|fix|check|change|ship|resend|re-send|give|advise|update|explain|hold|keep|stop|deliver|replace|close|remove)\\b|\\bcall me\\b|\\b(?:let|tell) me\\b',
      '(?:können|könnten|könntet|kannst|würden) (?:sie|ihr|du)|bitte (?:rufen|schreiben|senden|schicken|helfen|geben|teilen|stornieren|erstatten|stellen|prüfen|liefern)|rufen sie mich|melden sie sich bei mir',
      '(?:pouvez|pourriez|pourrais|peux)[- ](?:vous|tu)|(?:r)?appelez-moi|envoyez-moi|(?:puede|podría|pueden|podrían|puedes|podrías)\\b|llám[ae]me|può |potete |potrebbe |pode(?:m|ria)? (?:me|enviar|ajudar)|kunt u|kun je|kan ni|kan du',
    ),
  },
  {
    name: 'wants',
    weight: 1,
    pattern: any(
      "\\b(?:i will|i'll) (?:then )?(?:send|test|try|pay|upload|bring|order|buy)\\b|\\bi(?:'d| would)? (?:still |really |just |also )?(?:want|need|like|have a question|am waiting|(?:have ?n[o']t|did ?n[o']t|have not|did not|never) (?:receive|get|got|order)|paid|ordered|bought|was charged|tried|tested|checked|keep getting|got|agree|prefer|accept|think)",
      "(?:where|what|how|why|when) (?:is|are|do|does|did|can|will|should|was)\\b|not working|(?:doesn't|does not|didn't|did not|won't) (?:work|open|start|fit|arrive)|broken|damaged|leaks|missing|\\bstill (?:no|not|nothing|waiting|open|broken)\\b",
      '(?:schicke|sende|teste|bezahle|zahle) ich\\b|\\bich (?:schicke|sende|teste|möchte|brauche|benötige|warte|hätte|will|wollte|habe (?:noch|immer|leider|eine|das|die|den|nichts|nicht|es))|\\bwo (?:ist|bleibt)|\\bwann (?:kommt|bekomme|wird)|funktioniert nicht|kaputt|defekt|geht (?:immer noch )?nicht',
      "j'(?:ai besoin|attends|aimerais|ai (?:commandé|acheté|bien noté))|je (?:veux|voudrais|souhaite|n'ai)|ne (?:fonctionne|marche)|où (?:est|en)|necesito|quiero|quisiera|no (?:he recibido|funciona|me)\\b|dónde|cuándo|vorrei|non (?:ho ricevuto|funziona)|quero|preciso|não (?:recebi|funciona)|ik (?:wil|heb)|werkt niet",
    ),
  },
  {
    name: 'own matter',
    weight: 1,
    pattern: any(
      '\\b(?:my|the|this|that|our|another|new) (?:\\p{L}+ )?(?:order|refund|parcel|package|invoice|payment|subscription|tent|purchase|booking|replacement|item|product|money|boots?|jacket|backpack|stove|app|shipment)\\b|\\bmy (?:\\p{L}+ )?(?:account|card|password|delivery|login|case)\\b|\\border #?\\d',
      '(?:meine?[nr]?|das|die|der) (?:bestellung|konto|paket|rechnung|rückerstattung|lieferung|zelt|ware|geld)|(?:ma|la|mon|le) (?:commande|facture|livraison|colis|compte|remboursement|tente)|(?:mi|el|la) (?:pedido|cuenta|paquete|factura|dinero|reembolso|compra)|(?:il mio|la mia) |(?:o meu|a minha) (?:pedido|encomenda|conta)|mijn (?:bestelling|pakket|rekening)',
    ),
  },
];
