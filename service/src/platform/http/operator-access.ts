// Decides who reads the metrics and the details of the checks: they name groups, addresses and figures of the account.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export interface OperatorSettings {
  /** `OPERATOR_TOKEN`. Null: none is set. */
  token: string | null;
  publicUrl: string;
}

export type IsOperator = (request: Pick<IncomingMessage, 'headers' | 'socket'>) => boolean;

const LOOPBACK = /^(?:localhost|\[?::1\]?|(?:::ffff:)?127(?:\.\d{1,3}){3})$/;

/** A proxy on this machine sends at least one of them, if it is set up to. */
const PROXY_HEADERS = ['x-forwarded-for', 'x-real-ip', 'forwarded', 'via'] as const;

/**
 * With a token: whoever sends it as `Authorization: Bearer`. Without one: callers on this machine, unless the service is published under another
 * address, because a proxy's callers also seem to be on this machine.
 */
export function operatorAccess({ token, publicUrl }: OperatorSettings): IsOperator {
  if (token) return ({ headers }) => isSame(headers.authorization ?? '', `Bearer ${token}`);
  const isPublished = !LOOPBACK.test(new URL(publicUrl).hostname);
  return ({ headers, socket }) =>
    !isPublished &&
    LOOPBACK.test(socket.remoteAddress ?? '') &&
    LOOPBACK.test(hostnameOf(headers.host)) &&
    PROXY_HEADERS.every((name) => headers[name] === undefined);
}

/** Of `127.0.0.1:4600` or `[::1]:4600`; a page of another site that resolves to this machine sends its own name. */
const hostnameOf = (host = ''): string => host.replace(/:\d+$/, '');

/** In constant time, also for different lengths. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
