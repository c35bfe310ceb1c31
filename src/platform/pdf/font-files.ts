import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FontFiles } from './faces.js';

/** Licensed fonts of the office, or null: 仿宋_GB2312 and 方正小标宋 are not free. */
export type OwnFonts = { readonly fontFangsong: string | null; readonly fontXiaobiaosong: string | null };

const NOTO = '@expo-google-fonts/noto-serif-sc';

/** The office's own files first, then Noto Serif SC, then LXGW WenKai for characters that neither has. */
export function fontFilesOf(own: OwnFonts): FontFiles {
  const require = createRequire(import.meta.url);
  const regular = require.resolve(`${NOTO}/400Regular/NotoSerifSC_400Regular.ttf`);
  const bold = require.resolve(`${NOTO}/700Bold/NotoSerifSC_700Bold.ttf`);
  const rare = join(projectRoot(), 'build', 'fonts', 'LXGWWenKai-Medium.ttf');
  if (!existsSync(rare)) throw new Error(`There is no ${rare}; make it with: npm run assets`);
  const given = (path: string | null): string[] => (path === null ? [] : [path]);
  return {
    title: [...given(own.fontXiaobiaosong), bold, rare],
    regular: [...given(own.fontFangsong), regular, rare],
    bold: [bold, rare],
  };
}

/** Up from here to the folder that holds package.json: the code runs from `src` in tests, from `dist` otherwise. */
function projectRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}
