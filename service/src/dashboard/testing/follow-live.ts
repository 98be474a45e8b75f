// Follows a live stream in tests, as a page does.
import type { ApiRefusal, Dashboard } from '@deskwright/shared/contract';

export interface LiveStream {
  readonly status: number;
  /** Events so far, oldest first. */
  readonly events: () => readonly { readonly event: string; readonly data: Dashboard & ApiRefusal }[];
  readonly heartbeats: () => number;
  readonly ended: () => boolean;
  readonly leave: () => void;
}

export async function followLive(url: string, authorization: string): Promise<LiveStream> {
  const leaving = new AbortController();
  const response = await fetch(url, { headers: { authorization }, signal: leaving.signal });
  let text = '';
  let over = false;
  const read = async () => {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString();
  };
  void read()
    .catch(() => undefined)
    .finally(() => {
      over = true;
    });
  return {
    status: response.status,
    events: () =>
      text
        .split('\n\n')
        .slice(0, -1)
        .flatMap((block) => {
          const [, event, data] = /^event: (.*)\ndata: (.*)$/.exec(block) ?? [];
          return event === undefined || data === undefined ? [] : [{ event, data: JSON.parse(data) }];
        }),
    heartbeats: () => text.split(': still here').length - 1,
    ended: () => over,
    leave: () => leaving.abort(),
  };
}
