// Explains in a sentence why a mail server accepts no mail, and which setting to check.

/** The fields of nodemailer's errors that are read. */
export interface SmtpFailure {
  message: string;
  code?: string | undefined;
  /** The system's code, such as `ECONNREFUSED`, where `code` is nodemailer's. */
  originalCode?: string | undefined;
  /** `CONN`, `AUTH LOGIN`, `MAIL FROM`, `RCPT TO`, `DATA`, ..., or `API` when nodemailer itself refused. */
  command?: string | undefined;
  response?: string | undefined;
  responseCode?: number | undefined;
}

/**
 * `name`: the host is unknown. `connection`: it does not answer there. `tls`: no encrypted connection. `login`: user or password. `sender`:
 * it does not take mail from `MAIL_FROM`. `server`: it answers that it takes none.
 */
export type MailServerProblemKind = 'name' | 'connection' | 'tls' | 'login' | 'sender' | 'server';

export interface MailServerProblem {
  kind: MailServerProblemKind;
  /** Without password, in one line. */
  message: string;
}

/**
 * @param failure one that concerns every mail
 * @param server `host:port` of SMTP_URL, and whether it is `smtps://`
 */
export function explainSmtpFailure(
  failure: SmtpFailure,
  server: { address: string; isSmtps: boolean },
): MailServerProblem {
  const { address, isSmtps } = server;
  const said = oneLine(failure.response ?? failure.message);
  const kind = kindOf(failure);
  switch (kind) {
    case 'name':
      return { kind, message: `the host of SMTP_URL (${address}) is not known: ${said}` };
    case 'connection':
      return { kind, message: `${address} (SMTP_URL) ${howItFails(failure)}${isSmtps ? '' : SMTPS_HINT}: ${said}` };
    case 'tls':
      return { kind, message: `no encrypted connection to ${address} (SMTP_URL): ${said}${tlsHint(said, isSmtps)}` };
    case 'login':
      return { kind, message: `${address} refuses the user or password of SMTP_URL: ${said}` };
    case 'sender':
      return { kind, message: `${address} does not accept mail from the address of MAIL_FROM: ${said}` };
    case 'server':
      return { kind, message: `${address} takes no mail: ${said}` };
  }
}

/** A server that speaks only TLS says nothing to a client that waits for its greeting. */
const SMTPS_HINT = '; if it expects TLS from the start, as on port 465, write smtps://';

function kindOf({ code, originalCode, command, responseCode, message }: SmtpFailure): MailServerProblemKind {
  if (command === 'MAIL FROM' || message.startsWith('Invalid sender')) return 'sender';
  if (code === 'EDNS' || originalCode === 'ENOTFOUND' || originalCode === 'EAI_AGAIN') return 'name';
  if (code === 'EAUTH' || code === 'ENOAUTH' || command?.startsWith('AUTH')) return 'login';
  if (responseCode !== undefined) return 'server';
  if (code === 'ETLS' || isAboutTls(originalCode, message)) return 'tls';
  return code === 'EPROTOCOL' ? 'server' : 'connection';
}

/** Codes of OpenSSL and of Node's check of certificates: `ERR_SSL_WRONG_VERSION_NUMBER`, `DEPTH_ZERO_SELF_SIGNED_CERT`, `EPROTO`. */
function isAboutTls(originalCode: string | undefined, message: string): boolean {
  return /^(?:ERR_(?:SSL|TLS)|EPROTO$)|CERT|SIGNATURE/.test(originalCode ?? '') || /certificate|SSL/.test(message);
}

function howItFails({ code, originalCode }: SmtpFailure): string {
  if (originalCode === 'ECONNREFUSED') return 'refuses the connection (nothing listens at that port)';
  if (code === 'ETIMEDOUT' || originalCode === 'ETIMEDOUT') return 'does not answer';
  return 'ends the connection';
}

function tlsHint(said: string, isSmtps: boolean): string {
  if (/wrong version number|packet length/i.test(said) && isSmtps)
    return '. It does not begin with TLS: write smtp:// in place of smtps://, usually with port 587';
  if (/self-signed|unable to (?:get|verify)/i.test(said))
    return '. Give the server a certificate that Node trusts, or name the CA in NODE_EXTRA_CA_CERTS';
  return '';
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim().slice(0, 300);
