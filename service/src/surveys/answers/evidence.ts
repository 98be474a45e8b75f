// What was opened and sent, and the evidence that comes of it.

/** What the page's script counted until the form was sent: events that the browser marks as a person's (`isTrusted`). */
export interface Signals {
  /** Milliseconds that the page was visible. */
  readonly visibleMs: number;
  /** Of a mouse or a pen, of fingers, of the keyboard; clicks also come from reading aids without any of these. */
  readonly pointer: number;
  readonly touches: number;
  readonly keys: number;
  readonly clicks: number;
  /** From the page's start to the first press of a button, a finger or a key. Null or left out: none, or an older page. */
  readonly firstPressMs?: number | null;
  /** `navigator.webdriver` (W3C WebDriver): a program steers the browser. Left out: an older page. */
  readonly steered?: boolean;
}

/** What a request says of its sender. */
export interface Visit {
  /** Keyed hash of the address's prefix; null: a private address, which says nothing, because all may come through the same proxy. */
  readonly network: string | null;
  /** Keyed hash of the user agent. */
  readonly agent: string;
  /** `none`: names none. `tool`: a library or a browser that is run by a program. `scanner`: says that it checks mail or links. */
  readonly agentKind: 'browser' | 'none' | 'tool' | 'scanner';
  /** Claims to be a browser and lacks what that browser sends with each request. */
  readonly unlikeBrowser: boolean;
  /** The browser says that a person started the request (`Sec-Fetch-User`, W3C Fetch Metadata). */
  readonly gesture: boolean;
}

type Visitor = Pick<Visit, 'network' | 'agent'>;

export const visitorOf = ({ network, agent }: Visitor): string => `${network ?? ''} ${agent}`;

export const isSame = (a: Visitor, b: Visitor): boolean => visitorOf(a) === visitorOf(b);

export interface Opening {
  readonly at: Date;
  /** `trap`: the link that no person sees. */
  readonly page: 'form' | 'unsubscribe' | 'trap';
  /** The score in the link. */
  readonly score: number | null;
  /** The form that was shown, or from which the trap was followed. */
  readonly form: string | null;
  readonly network: string | null;
  readonly agent: string;
}

export interface Submission extends Visit {
  readonly id: number;
  readonly at: Date;
  readonly form: string | null;
  readonly step: number | null;
  readonly score: number;
  readonly comment: string;
  readonly signals: Signals | null;
  readonly trapFilled: boolean;
  /** How often it was sent; see `keepSubmission`. */
  readonly times: number;
}

/** All that the verdict on one submission rests on. */
export interface Evidence extends Pick<Visit, 'agentKind' | 'unlikeBrowser' | 'gesture'> {
  /** Null: the page's script did not run. */
  readonly signals: Signals | null;
  /**
   * The link that no person sees was followed: by this visitor from this form, by somebody else from it, or by this visitor from another form within
   * minutes. `filled`: a field that no person sees was filled in. Of a used page or own words only what came before they were sent counts, and
   * nothing that somebody else did: gateways follow the links of what their customers open.
   */
  readonly trap: 'no' | 'same_visitor' | 'by_others' | 'this_form' | 'filled';
  /** At least three links of the mail were opened about when this form was; see `trap` for used pages and own words. */
  readonly openedTogether: 'no' | 'by_anybody' | 'by_the_same';
  /** This visitor tried at least three different scores within a minute, without the page's script. */
  readonly manyScores: boolean;
  /**
   * From how many different score links forms were sent alike within minutes: by one kind of browser and input, from whatever networks, without own
   * words. Three at most where it lies apart from the others.
   */
  readonly linksSent: number;
  /** How many different scores were sent within a minute by whomever, without the page's script and own words, and not by what `linksSent` finds. */
  readonly scoresMeanwhile: number;
  /** How often this visitor sent the same with the same form, without the page's script. */
  readonly repeats: number;
  /** Null: unknown. */
  readonly sinceDeliveryMs: number | null;
  /** From opening the form to sending it. Null: the form is not one that we sent. */
  readonly onPageMs: number | null;
  /** Sent from another network than the form was opened from. */
  readonly otherNetwork: boolean;
  /** The form was sent before by the visitor who opened it, and this is somebody else. */
  readonly resubmission: boolean;
  /** How many other customers' surveys this network answered without any sign that a page was used. */
  readonly crowd: number;
  /** The comment is there, and repeats none that was sent before with another form or by somebody else: pages show the earlier one. */
  readonly ownWords: boolean;
}
