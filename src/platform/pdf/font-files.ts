import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { projectRoot } from '../project-root.js';
import type { FontFiles } from './faces.js';
import { faultOfHead, HEAD_BYTES } from './truetype.js';

/** Licensed fonts of the office, or null: 仿宋_GB2312 and 方正小标宋 are not free. */
export type OwnFonts = {
  readonly fontFangsong: string | null;
  readonly fontXiaobiaosong: string | null;
  readonly fontHeiti: string | null;
  readonly fontKaiti: string | null;
};

/**
 * The office's own files first, then Noto, then LXGW WenKai for characters that neither has. Every face falls back on
 * the office's 仿宋 too: the one file that an office brings for a rare character serves the title as well.
 */
export function fontFilesOf(own: OwnFonts): FontFiles {
  const require = createRequire(import.meta.url);
  const noto = (file: string): string => require.resolve(`@expo-google-fonts/noto-${file}.ttf`);
  const serif = noto('serif-sc/400Regular/NotoSerifSC_400Regular');
  const heavy = noto('serif-sc/700Bold/NotoSerifSC_700Bold');
  const sans = noto('sans-sc/500Medium/NotoSansSC_500Medium');
  const wenkai = join(projectRoot(), 'build', 'fonts', 'LXGWWenKai-Medium.ttf');
  if (!existsSync(wenkai)) throw new Error(`There is no ${wenkai}; make it with: npm run assets`);
  const chain = (...paths: readonly (string | null)[]): string[] => [
    ...new Set([...paths, own.fontFangsong, wenkai].filter((path) => path !== null)),
  ];
  return {
    title: chain(own.fontXiaobiaosong, heavy),
    regular: chain(own.fontFangsong, serif),
    heading: chain(own.fontHeiti, sans),
    subheading: chain(own.fontKaiti, wenkai, serif),
    bold: chain(heavy),
  };
}

/** Why this file cannot be printed with, or null. Reads its head only: the start must not wait for a whole font. */
export function faultOfFont(path: string): string | null {
  try {
    const file = openSync(path, 'r');
    try {
      const head = Buffer.alloc(HEAD_BYTES);
      return faultOfHead(head.subarray(0, readSync(file, head, 0, HEAD_BYTES, 0)));
    } finally {
      closeSync(file);
    }
  } catch {
    return 'cannot be read';
  }
}
