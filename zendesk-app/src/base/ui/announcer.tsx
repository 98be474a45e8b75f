// Announces messages to screen readers without moving the focus.
import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';
import { Hidden } from './text.tsx';

type Announce = (message: string) => void;

const AnnounceContext = createContext<Announce>(() => undefined);

export function Announcer({ children }: { readonly children: ReactNode }) {
  const [announced, setAnnounced] = useState({ message: '', turn: 0 });
  const announce = useCallback<Announce>((message) => setAnnounced(({ turn }) => ({ message, turn: turn + 1 })), []);
  return (
    <AnnounceContext.Provider value={announce}>
      {children}
      <div role="status" aria-live="polite">
        {/* A new element each time, so that the same message is announced again. */}
        <Hidden key={announced.turn}>{announced.message}</Hidden>
      </div>
    </AnnounceContext.Provider>
  );
}

export function useAnnounce(): Announce {
  return useContext(AnnounceContext);
}
