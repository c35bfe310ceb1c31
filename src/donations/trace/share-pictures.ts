import { Injectable } from '@nestjs/common';
import sharp from 'sharp';
import { Config } from '../../platform/config.js';
import { typefaceOf } from '../../platform/pdf/faces.js';
import type { Typeface } from '../../platform/pdf/faces.js';
import { fontFilesOf } from '../../platform/pdf/font-files.js';
import { pictureWords } from '../domain/share-picture.js';
import type { Line, Row, Shared } from '../domain/share-picture.js';

const WIDTH = 1080;
const HEIGHT = 1440;
const HEAD = 580;
const MARGIN = 72;
const BOX = { top: 510, height: 690 } as const;
const FIELD = '分享图';

/** The heart of the house's icon, in a square of forty. */
const HEART = 'M20 35 5 20a9.5 9.5 0 0 1 13.4-13.4L20 8.2l1.6-1.6A9.5 9.5 0 0 1 35 20z';

/**
 * A picture for a chat, which is what a phone can pass on. The letters are drawn as outlines of the fonts of our own
 * papers: no font has to be there where it is made, and none is fetched.
 */
@Injectable()
export class SharePictures {
  private typeface: Typeface | null = null;

  constructor(private readonly config: Config) {}

  async png(shared: Shared, showsAmount: boolean): Promise<Buffer> {
    return sharp(Buffer.from(this.svg(shared, showsAmount)))
      .png({ compressionLevel: 9 })
      .toBuffer();
  }

  private svg(shared: Shared, showsAmount: boolean): string {
    const { head, rows, foot } = pictureWords(shared, showsAmount);
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">`,
      `<rect width="${WIDTH}" height="${HEIGHT}" fill="#f0f3f1"/><rect width="${WIDTH}" height="${HEAD}" fill="#0b6b3a"/>`,
      `<g transform="translate(${WIDTH / 2 - 60} 84) scale(3)" fill="none" stroke="#fff" stroke-width="3"><path d="${HEART}"/></g>`,
      this.lines(head, 256, '#fff'),
      `<rect x="${MARGIN}" y="${BOX.top}" width="${WIDTH - 2 * MARGIN}" height="${BOX.height}" rx="28" fill="#fff"/>`,
      this.rows(rows),
      this.lines(foot, HEIGHT - 184, '#4a5450'),
      '</svg>',
    ].join('');
  }

  /** The list fills its box: few rows stand far apart, many close together. */
  private rows(rows: readonly Row[]): string {
    const pitch = Math.min(116, (BOX.height - 80) / rows.length);
    const size = Math.min(60, pitch * 0.6);
    const top = BOX.top + (BOX.height - pitch * rows.length) / 2;
    const [left, right] = [MARGIN + 110, WIDTH - MARGIN - 110];
    return rows
      .map(({ words, count }, i) => {
        const y = top + pitch * (i + 0.5) + size * 0.36;
        if (count === null) return this.outline({ words, size, weight: 'regular' }, null, y, '#1b1f1d');
        const width = this.faces().bold.widthOf(count, size, FIELD);
        return [
          this.outline({ words, size, weight: 'regular' }, left, y, '#1b1f1d'),
          this.outline({ words: count, size, weight: 'bold' }, right - width, y, '#0b6b3a'),
        ].join('');
      })
      .join('');
  }

  /** One below the other, in the middle, each as large as fits. */
  private lines(lines: readonly Line[], top: number, colour: string): string {
    let y = top;
    return lines
      .map((line) => {
        const most = WIDTH - 2 * MARGIN;
        const width = this.faces()[line.weight].widthOf(line.words, line.size, FIELD);
        const size = Math.min(line.size, (line.size * most) / width);
        y += size;
        const path = this.outline({ ...line, size }, null, y, colour);
        y += size * 0.6;
        return path;
      })
      .join('');
  }

  /** Letters on the line at `y`, from `from` on; in the middle where that is null. */
  private outline({ words, size, weight }: Line, from: number | null, y: number, colour: string): string {
    const faces = this.faces()[weight];
    let x = from ?? (WIDTH - faces.widthOf(words, size, FIELD)) / 2;
    const paths = Array.from(words, (char) => {
      const face = faces.faceOf(char, FIELD);
      const path = face.outlineOf(char, size, x, y);
      x += face.advanceOf(char) * size;
      return path;
    });
    return `<path fill="${colour}" d="${paths.join('')}"/>`;
  }

  /** Kept once read: a font of 15 MB is not opened for each picture. */
  private faces(): Typeface {
    this.typeface ??= typefaceOf(fontFilesOf(this.config));
    return this.typeface;
  }
}
