// How does a button that changes something tell how it went?
import { useState } from 'react';
import type { Answer, Refusal } from '../api/refusal.ts';
import { useWords } from '../i18n/words-context.tsx';
import { useAnnounce } from '../parts/announcer.tsx';
import { tellProblem } from './tell-problem.ts';

export interface Act {
  readonly busy: boolean;
  /** In the agent's language; null while all is well. */
  readonly problem: string | null;
  /** Runs one act at a time. @param done said to screen readers on success */
  run<T>(act: () => Promise<Answer<T>>, done: string): Promise<Answer<T> | null>;
  clear(): void;
}

export function useAct(): Act {
  const { t } = useWords();
  const announce = useAnnounce();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  return {
    busy,
    problem: refusal === null ? null : tellProblem(t, refusal),
    clear: () => setRefusal(null),
    async run(act, done) {
      if (busy) return null;
      setBusy(true);
      setRefusal(null);
      const answer = await act();
      setBusy(false);
      if (answer.ok) announce(done);
      else setRefusal(answer.refusal);
      return answer;
    },
  };
}
