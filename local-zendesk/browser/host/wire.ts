// Parses the messages that apps send.

/** `request` is `get`, `set` or `invoke`; anything else is answered with an error. */
export type Call = { kind: 'call'; id: number; request: string; params: unknown };

/** The instance that the message is about; the sender itself by default. */
export type AppMessage = { instanceGuid: string | null } & (
  | { kind: 'handshake' }
  | Call
  | { kind: 'on' | 'off'; event: string; subscribers: number }
  | { kind: 'trigger'; event: string; data: unknown }
  | { kind: 'request'; key: string; options: unknown }
  /** `problem` is the objection of the hook's handler: a text or `false`. Undefined: no objection. */
  | { kind: 'reply'; event: string; problem?: unknown }
);

/** Apps send JSON text, replies to hooks are objects. Null for messages that the host does not know (`__track__`, `session.live` ...). */
export function readMessage(data: unknown): AppMessage | null {
  const message = asRecord(typeof data === 'string' ? parse(data) : data);
  if (message === null) return null;
  const instanceGuid = typeof message['instanceGuid'] === 'string' ? message['instanceGuid'] : null;
  const { id, request, params, key } = message;
  if (typeof id === 'number' && typeof request === 'string') {
    return { kind: 'call', instanceGuid, id, request, params };
  }
  return typeof key === 'string' ? readKey(key, message, instanceGuid) : null;
}

function readKey(key: string, message: Record<string, unknown>, instanceGuid: string | null): AppMessage | null {
  const body = message['message'];
  if (key === 'iframe.handshake') return { kind: 'handshake', instanceGuid };
  if (/^request:\d+$/.test(key)) return { kind: 'request', instanceGuid, key, options: body };
  const [, verb, event = ''] = /^iframe\.(on|off|trigger|reply):(.+)$/.exec(key) ?? [];
  switch (verb) {
    case 'on':
    case 'off': {
      const count = asRecord(body)?.['subscriberCount'];
      return {
        kind: verb,
        instanceGuid,
        event,
        subscribers: typeof count === 'number' ? count : verb === 'on' ? 1 : 0,
      };
    }
    case 'trigger':
      return { kind: 'trigger', instanceGuid, event, data: body };
    case 'reply': {
      const error = asRecord(message['error']);
      return { kind: 'reply', instanceGuid, event, ...(error !== null && { problem: error['msg'] ?? '' }) };
    }
    default:
      return null;
  }
}

export function asRecord(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // Other scripts post messages too.
  }
}
