// Keeps how far the agent is with moving the ticket; shared by the card and its warning.
import type { TicketCard } from '@deskwright/shared/contract';
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import type { MoveTarget } from './move-target.ts';

export type MoveState =
  | { readonly at: 'targets' }
  /** `opened` counts how often the form was asked for: each time it takes the focus, already open or not. */
  | { readonly at: 'form'; readonly target: MoveTarget; readonly opened: number }
  /** The agent closed the form. */
  | { readonly at: 'form_closed'; readonly target: MoveTarget }
  | { readonly at: 'moved'; readonly to: string };

export interface Move {
  readonly state: MoveState;
  readonly openForm: (target: MoveTarget) => void;
  readonly closeForm: (target: MoveTarget) => void;
  readonly finish: (target: MoveTarget) => void;
}

const MoveContext = createContext<Move | null>(null);

interface MoveProviderProps {
  readonly card: TicketCard;
  readonly children: ReactNode;
}

export function MoveProvider({ children }: MoveProviderProps) {
  const [state, setState] = useState<MoveState>({ at: 'targets' });
  const move = useMemo<Move>(
    () => ({
      state,
      openForm: (target) =>
        setState((before) => ({ at: 'form', target, opened: before.at === 'form' ? before.opened + 1 : 1 })),
      closeForm: (target) => setState({ at: 'form_closed', target }),
      finish: ({ name }) => setState({ at: 'moved', to: name }),
    }),
    [state],
  );
  return <MoveContext.Provider value={move}>{children}</MoveContext.Provider>;
}

/** Throws outside `MoveProvider`. */
export function useMove(): Move {
  const move = useContext(MoveContext);
  if (move === null) throw new Error('useMove needs a MoveProvider above it.');
  return move;
}
