import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EXHIBITS, galleryPrinter } from './gallery.js';
import { indexPage } from './index-page.js';
import type { Shown } from './index-page.js';

/** For the eye: what a screen shows of a page without a magnifying glass. */
const DOTS_PER_INCH = '70';

/** Every paper as PDF, each page of it as a picture where poppler-utils are there, and a page that shows them all. */
export async function writeGallery(folder: string): Promise<void> {
  const hasPoppler = spawnSync('pdftoppm', ['-v']).status === 0;
  const printer = galleryPrinter();
  const shown: Shown[] = [];
  rmSync(folder, { recursive: true, force: true });
  for (const { name, ...paper } of EXHIBITS) {
    const { pdf, pages } = await printer.print(paper);
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.pdf`, pdf);
    if (hasPoppler) picturesOf(path);
    shown.push({ name, title: paper.facts.title, pages, hasPictures: hasPoppler });
  }
  writeFileSync(join(folder, 'index.html'), indexPage(shown));
  const pages = shown.reduce((sum, each) => sum + each.pages, 0);
  console.log(`${shown.length} papers, ${pages} pages: ${join(folder, 'index.html')}`);
  if (!hasPoppler) console.log('No pictures: there is no pdftoppm here; install poppler-utils.');
}

function picturesOf(path: string): void {
  const options = ['-r', DOTS_PER_INCH, '-png', '-forcenum'];
  const { status, stderr } = spawnSync('pdftoppm', [...options, `${path}.pdf`, path]);
  if (status !== 0) throw new Error(`pdftoppm could not read ${path}.pdf: ${stderr.toString()}`);
}

await writeGallery(process.argv[2] ?? join('var', 'gallery'));
