// How long may apps listen to their last events?

/** Events of what ends need a moment to reach a frame before it is gone. */
export const FAREWELL_MS = 250;
