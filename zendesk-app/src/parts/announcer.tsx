// How does a screen reader hear of something that happened without the focus moving?
import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';
import { Hidden } from './text.tsx';

type Announce = (message: string) => void;

const AnnounceContext = createContext<Announce>(() => undefined);

export function Announcer({ children }: { readonly children: ReactNode }) {
  const [said, setSaid] = useState({ message: '', turn: 0 });
  const announce = useCallback<Announce>((message) => setSaid(({ turn }) => ({ message, turn: turn + 1 })), []);
  return (
    <AnnounceContext.Provider value={announce}>
      {children}
      <div role="status" aria-live="polite">
        {/* A new element each time: the same words twice are read out twice. */}
        <Hidden key={said.turn}>{said.message}</Hidden>
      </div>
    </AnnounceContext.Provider>
  );
}

export function useAnnounce(): Announce {
  return useContext(AnnounceContext);
}
