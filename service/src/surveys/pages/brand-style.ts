// Makes the brand's colour readable, and the style sheet that sets it.

type Rgb = readonly [number, number, number];

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];
/** `--accent` of `page.css`. */
const OURS = '#0f6b5c';
/** The ground of light pages and mails, darker than their cards, and the cards of dark ones, lighter than theirs: whatever can be read there can be read on both. */
const LIGHT_GROUND: Rgb = [0xf3, 0xf5, 0xf4];
const DARK_CARD: Rgb = [0x1e, 0x24, 0x2a];
/** WCAG 2.2, 1.4.3: text. */
const ENOUGH = 4.5;

/** Sets the accent in light and dark mode; empty without a colour. @param color as the policy writes it: `#0f6b5c` */
export function brandStyle(color: string | undefined): string {
  if (color === undefined) return '';
  const { light, dark } = accentsOf(color);
  return `:root{${inCss(light)}}@media (prefers-color-scheme:dark){:root{${inCss(dark)}}}`;
}

export interface Accent {
  /** `#0f6b5c`, readable on cards and beside them. */
  accent: string;
  /** Of text on the accent. */
  ink: string;
}

/** @param color as `brandStyle` takes it; left out: ours */
export function accentsOf(color = OURS): { light: Accent; dark: Accent } {
  const on = (ground: Rgb): Accent => {
    const rgb = readableOn(fromHex(color), ground);
    return { accent: toHex(rgb), ink: toHex(inkOn(rgb)) };
  };
  return { light: on(LIGHT_GROUND), dark: on(DARK_CARD) };
}

const inCss = ({ accent, ink }: Accent): string => `--accent:${accent};--accent-ink:${ink}`;

/** Darkened or lightened in small steps until it can be read there. @internal */
export function readableOn(color: Rgb, ground: Rgb): Rgb {
  const toward = luminance(ground) > 0.5 ? BLACK : WHITE;
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = mix(color, toward, share);
    if (contrast(mixed, ground) >= ENOUGH) return mixed;
  }
  return toward;
}

/** Black or white, whichever is read better; one of them always has 4.5. */
const inkOn = (color: Rgb): Rgb => (contrast(WHITE, color) >= contrast(BLACK, color) ? WHITE : BLACK);

const mix = (color: Rgb, other: Rgb, share: number): Rgb =>
  color.map((value, index) => Math.round(value + ((other[index] ?? 0) - value) * share)) as unknown as Rgb;

/** WCAG 2.2, "contrast ratio". @internal */
export function contrast(a: Rgb, b: Rgb): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** WCAG 2.2, "relative luminance". */
function luminance(color: Rgb): number {
  const [red = 0, green = 0, blue = 0] = color.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const fromHex = (hex: string): Rgb =>
  [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;
const toHex = (rgb: Rgb): string => `#${rgb.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
