// Reads the options of `client.request`, which follow jQuery's.
import { asText } from './as-text.ts';
import { asRecord } from './wire.ts';

export interface WantedRequest {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: string | null;
  contentType: string | null;
  dataType: string | null;
  cors: boolean;
  secure: boolean;
  withCredentials: boolean;
  timeoutMs: number | null;
  /** Retries once after a 429 or 503. */
  autoRetry: boolean;
  jwt: Record<string, unknown> | null;
  /** Resolves with the whole response instead of the data. */
  complete: boolean;
}

const FORM = 'application/x-www-form-urlencoded; charset=UTF-8';

/** Defaults as jQuery's: GET, a form body for objects (in the query for GET and HEAD), text as it is. Null without an address. */
export function readRequest(options: unknown, now: number = Date.now()): WantedRequest | null {
  const given = typeof options === 'string' ? { url: options } : asRecord(options);
  if (given === null || typeof given['url'] !== 'string') return null;
  const { url, data, contentType, dataType, timeout } = given as Record<string, unknown> & { url: string };
  const method = asText(given['type'] ?? given['method'] ?? 'GET').toUpperCase();
  const inQuery = method === 'GET' || method === 'HEAD';
  const text = data === undefined || data === null ? null : typeof data === 'string' ? data : formText(data);
  const type = contentType === false ? null : typeof contentType === 'string' ? contentType : FORM;
  return {
    url: inQuery ? withQuery(withQuery(url, text ?? ''), given['cache'] === false ? `_=${now}` : '') : url,
    method,
    headers: headersOf(given),
    body: inQuery ? null : text,
    contentType: !inQuery && text !== null ? type : null,
    dataType: typeof dataType === 'string' ? dataType : null,
    cors: given['cors'] === true,
    secure: given['secure'] === true,
    withCredentials: asRecord(given['xhrFields'])?.['withCredentials'] === true,
    autoRetry: given['autoRetry'] !== false,
    timeoutMs: typeof timeout === 'number' && timeout > 0 ? timeout : null,
    jwt: asRecord(given['jwt']),
    complete: given['httpCompleteResponse'] === true,
  };
}

function headersOf(given: Record<string, unknown>): Record<string, string> {
  const headers = Object.entries(asRecord(given['headers']) ?? {}).map(([name, value]) => [name, asText(value)]);
  const accept = acceptOf(given);
  const isSaid = accept === null || headers.some(([name]) => name?.toLowerCase() === 'accept');
  return { ...(!isSaid && { accept }), ...Object.fromEntries(headers) };
}

const ACCEPTS: Readonly<Record<string, string>> = {
  json: 'application/json, text/javascript',
  text: 'text/plain',
  html: 'text/html',
  xml: 'application/xml, text/xml',
};

/** `accepts` maps data types to media types; the one of `dataType` is asked for. */
function acceptOf({ accepts, dataType }: Record<string, unknown>): string | null {
  if (typeof accepts === 'string') return accepts;
  const wanted = { ...ACCEPTS, ...asRecord(accepts) }[asText(dataType)];
  return typeof wanted === 'string' ? `${wanted}, */*; q=0.01` : null;
}

const withQuery = (url: string, text: string): string =>
  text === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${text}`;

/** As `jQuery.param`: `a[b]=1`, lists as `a[]=1`, lists of things as `a[0][b]=1`. */
function formText(data: unknown): string {
  const parts: [string, string][] = [];
  const add = (name: string, value: unknown) => {
    if (Array.isArray(value)) {
      (value as unknown[]).forEach((one, index) =>
        add(`${name}[${typeof one === 'object' && one !== null ? index : ''}]`, one),
      );
    } else if (asRecord(value) === null) parts.push([name, asText(value)]);
    else for (const [key, one] of Object.entries(asRecord(value) ?? {})) add(`${name}[${key}]`, one);
  };
  for (const [name, value] of Object.entries(asRecord(data) ?? {})) add(name, value);
  return new URLSearchParams(parts).toString();
}
