// Bounds the memory of all request bodies that are being read.

/** Shared by all requests of a process; a stranger's slow uploads must not add up to all the memory there is. */
export interface BodyBudget {
  /** False: so many more bytes would exceed the budget. */
  take: (bytes: number) => boolean;
  giveBack: (bytes: number) => void;
}

export function createBodyBudget(maxBytes: number): BodyBudget {
  let taken = 0;
  return {
    take: (bytes) => {
      if (taken + bytes > maxBytes) return false;
      taken += bytes;
      return true;
    },
    giveBack: (bytes) => {
      taken -= bytes;
    },
  };
}
