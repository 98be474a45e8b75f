// Builds the arguments with which `client.request` resolves or rejects, as jQuery does.

export interface RawResponse {
  status: number;
  statusText: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

export interface Outcome {
  outcome: 'done' | 'fail';
  responseArgs: unknown[];
}

/** `[data, "success", xhr]`, or `[xhr, "error", statusText]`; 2xx and 304 count as success. */
export function outcomeOf(response: RawResponse, wanted: { dataType: string | null; complete: boolean }): Outcome {
  const { status, statusText, headers, body } = response;
  const isJson =
    wanted.dataType === null ? /\bjson\b/i.test(headers['content-type'] ?? '') : wanted.dataType === 'json';
  const json = isJson ? parse(body) : undefined;
  const xhr = {
    readyState: 4,
    status,
    statusText,
    responseText: body,
    responseHeaders: headers,
    ...(json !== undefined && json !== BROKEN && { responseJSON: json }),
  };
  if ((status < 200 || status >= 300) && status !== 304) {
    return { outcome: 'fail', responseArgs: [xhr, 'error', statusText] };
  }
  if (wanted.complete) return { outcome: 'done', responseArgs: [xhr, 'success', xhr] };
  if (status === 204 || body === '') return { outcome: 'done', responseArgs: [undefined, 'nocontent', xhr] };
  if (json === BROKEN) return { outcome: 'fail', responseArgs: [xhr, 'parsererror', 'The answer is not JSON.'] };
  return { outcome: 'done', responseArgs: [json === undefined ? body : json, 'success', xhr] };
}

/** Nothing came back: `timeout`, or `error` with status 0. */
export function noResponse(kind: 'timeout' | 'error', text: string): Outcome {
  const xhr = { readyState: 0, status: 0, statusText: kind, responseText: '' };
  return { outcome: 'fail', responseArgs: [xhr, kind, text] };
}

const BROKEN = Symbol('not JSON');

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return BROKEN;
  }
}
