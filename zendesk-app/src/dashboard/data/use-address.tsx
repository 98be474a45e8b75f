// Gives components the address, and changes it so that the back button works.
import type { DashboardQuery } from '@deskwright/shared/contract';
import { createContext, type ReactNode, useContext, useMemo, useSyncExternalStore } from 'react';
import { type Address, readAddress, type SectionId, writeAddress } from './address.ts';

export interface AddressControls {
  readonly address: Address;
  /** The address of a section, for a link; filters stay. */
  readonly hrefOf: (section: SectionId) => string;
  /** Shows another time range or other filters; undefined takes a filter away. */
  readonly filter: (change: { readonly [name in keyof DashboardQuery]?: DashboardQuery[name] | undefined }) => void;
  readonly go: (change: Partial<Address>) => void;
}

const AddressContext = createContext<AddressControls | null>(null);

export function AddressProvider({ children }: { readonly children: ReactNode }) {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  const controls = useMemo<AddressControls>(() => {
    const address = readAddress(hash);
    const go = (change: Partial<Address>): void => {
      window.location.hash = writeAddress({ ...address, ...change });
    };
    return {
      address,
      go,
      hrefOf: (section) => writeAddress({ ...address, section, open: null }),
      filter(change) {
        const query = Object.fromEntries(
          Object.entries({ ...address.query, ...change }).filter(([, value]) => value !== undefined && value !== ''),
        );
        go({ query });
      },
    };
  }, [hash]);
  return <AddressContext.Provider value={controls}>{children}</AddressContext.Provider>;
}

/** Throws outside `AddressProvider`. */
export function useAddress(): AddressControls {
  const controls = useContext(AddressContext);
  if (controls === null) throw new Error('useAddress needs an AddressProvider above it.');
  return controls;
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}
