import './system-fonts-off.js';

import { createCanvas, GlobalFonts, type SKRSContext2D } from 'canvas';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * Inter, with DejaVu Sans and Noto Sans for the scripts that it lacks; the last name is for readers of the SVG. Letters
 * that Chinese and Japanese share have the Chinese form.
 */
export const FONT_FAMILY =
  'Inter, DejaVu Sans, Noto Sans SC, Noto Sans JP, Noto Sans KR, sans-serif';

const require = createRequire(import.meta.url);
const files = [
  ['@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf', 'Inter'],
  ['@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf', 'Inter'],
  ['dejavu-fonts-ttf/ttf/DejaVuSans.ttf', 'DejaVu Sans'],
  ['dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf', 'DejaVu Sans'],
] as const;
/** Without a package of acceptable size; typefaces/README.md says where they are from. */
const own = [
  ['noto-sans-sc', 'Noto Sans SC'],
  ['noto-sans-jp', 'Noto Sans JP'],
  ['noto-sans-kr', 'Noto Sans KR'],
] as const;
let registered = false;

/** Registers the packaged fonts, once a process or thread. */
export function registerFonts(): void {
  if (registered) return;
  for (const [file, family] of files) GlobalFonts.registerFromPath(require.resolve(file), family);
  for (const [file, family] of own) {
    const path = fileURLToPath(new URL(`./typefaces/${file}.ttf`, import.meta.url));
    GlobalFonts.registerFromPath(path, family);
  }
  registered = true;
}

export type FontWeight = 400 | 600;

let measure: SKRSContext2D | null = null;

/** Width of a text in pixels, as the canvas will draw it. */
export function textWidth(text: string, size: number, weight: FontWeight = 400): number {
  registerFonts();
  measure ??= createCanvas(1, 1).getContext('2d');
  measure.font = `${weight} ${size}px ${FONT_FAMILY}`;
  return measure.measureText(text).width;
}
