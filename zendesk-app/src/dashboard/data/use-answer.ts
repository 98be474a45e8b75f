// Reads one of the service's answers for a component.
import { useCallback, useEffect, useState } from 'react';
import { type Answer, refused } from '../../base/service/refusal.ts';
import { useActive } from '../../base/zendesk/host-context.tsx';
import { usePage } from './page-context.tsx';

export interface HeldAnswer<T> {
  /** Null: not answered yet. */
  readonly answer: Answer<T> | null;
  /** Reads it again; the answer so far stays until then. */
  readonly reload: () => void;
}

/** How often an answer is read anew while somebody sees it. Milliseconds. */
const EVERY_MS = 60_000;

/**
 * Reads again when the address changes, and then holds null until the new answer: numbers of other filters would be false.
 * @param path of the call, with its query
 * @param everyMs how often it is read anew while somebody sees it, in milliseconds
 */
export function useAnswer<T>(path: string, everyMs = EVERY_MS): HeldAnswer<T> {
  const { service, host } = usePage();
  const [held, setHeld] = useState<{ path: string; answer: Answer<T> } | null>(null);
  const [turn, setTurn] = useState(0);
  const active = useActive(host);
  const reload = useCallback(() => setTurn((before) => before + 1), []);
  useEffect(() => {
    let current = true;
    async function read(): Promise<void> {
      const answer = await service.call<T>('GET', path).catch(() => refused('unreachable'));
      if (current) setHeld({ path, answer });
    }
    void read();
    return () => {
      current = false;
    };
  }, [service, path, turn]);
  useEffect(() => {
    if (!active) return undefined;
    const timer = setInterval(reload, everyMs);
    return () => clearInterval(timer);
  }, [active, reload, everyMs]);
  return { answer: held?.path === path ? held.answer : null, reload };
}
