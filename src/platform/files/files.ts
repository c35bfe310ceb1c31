import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Injectable } from '@nestjs/common';
import sharp from 'sharp';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { Ids } from '../../kernel/ids.js';
import { Config } from '../config.js';
import { Sealing } from '../crypto/sealing.js';
import { Reads } from '../database/reads.js';
import type { Tx } from '../database/transactions.js';
import { isGone, LEAVING } from './file-sweep.js';
import { FileRefused } from './files.errors.js';
import { StoredFile } from './stored-file.entity.js';

export type PreparedFile = { readonly sha256: string; readonly bytes: Buffer; readonly mime: string };
export type KeptFile = {
  readonly bytes: Buffer;
  readonly mime: string;
  readonly societyId: string;
  readonly purpose: string;
};

const LONGEST_SIDE = 1600;
const MOST_PIXELS = 60_000_000;
/** What stands where a photo was. */
const EMPTY_SHEET = { width: 320, height: 240, channels: 3, background: '#d9d9d9' } as const;
const MAGIC: readonly (readonly [string, Buffer])[] = [
  ['jpeg', Buffer.from([0xff, 0xd8, 0xff])],
  ['png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
];

/**
 * Photos and papers. Bytes are written before the unit of work that names them (a file that no row names harms
 * nobody; a row without its file would), under their own hash, sealed.
 */
@Injectable()
export class Files {
  private empty: Buffer | null = null;

  constructor(
    private readonly config: Config,
    private readonly sealing: Sealing,
    private readonly reads: Reads,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * A photo as it may be kept: really a JPEG or PNG, decoded and written anew at most 1600 px long, so that neither
   * the place where it was taken (EXIF) nor anything hidden in the file stays (quality.md T10).
   */
  async prepareImage(bytes: Buffer): Promise<PreparedFile> {
    if (!MAGIC.some(([, magic]) => bytes.subarray(0, magic.length).equals(magic)))
      throw new FileRefused('这个文件不是 JPG 或 PNG 照片。');
    return this.prepare(await redrawn(bytes), 'image/jpeg'); // what fails from here on is no fault of the photo
  }

  async prepare(bytes: Buffer, mime: string): Promise<PreparedFile> {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const path = this.pathOf(sha256);
    if (!(await this.touched(path))) {
      await mkdir(dirname(path), { recursive: true });
      await this.write(path, this.sealing.sealFile(bytes, `files/${sha256}`));
      await this.touched(path);
    }
    return { sha256, bytes, mime };
  }

  /** Names the bytes in the books: a step of the caller's unit of work. */
  async attach(
    tx: Tx,
    file: PreparedFile,
    to: { readonly societyId: string; readonly purpose: string; readonly by: Actor },
  ): Promise<string> {
    const id = this.ids.next();
    await tx.insert(StoredFile, {
      id,
      societyId: to.societyId,
      purpose: to.purpose,
      mime: file.mime,
      sha256: file.sha256,
      sizeBytes: file.bytes.length,
      storedBy: to.by.accountId,
      storedAt: this.clock.now(),
    });
    return id;
  }

  /** Null when no such file was ever named. The caller checks that the society is the asker's own. */
  async read(fileId: string): Promise<KeptFile | null> {
    const row = await this.reads.one<{ mime: string; sha256: string; societyId: string; purpose: string }>`
      SELECT mime AS "mime", sha256 AS "sha256", society_id AS "societyId", purpose AS "purpose"
      FROM stored_files WHERE id = ${fileId}`;
    if (!row) return null;
    const sealed = await bytesAt(this.pathOf(row.sha256));
    const { mime, societyId, purpose } = row;
    return { bytes: this.sealing.openFile(sealed, `files/${row.sha256}`), mime, societyId, purpose };
  }

  /**
   * The record of a photo stays where others point to it, and shows an empty sheet from now on: a step of the caller's
   * unit. The bytes go with the next sweep, unless another record names the same by then. False where it was empty already.
   */
  async blank(tx: Tx, fileId: string): Promise<boolean> {
    const [row] = await tx.read<{ sha256: string }>`
      SELECT sha256 AS "sha256" FROM stored_files WHERE id = ${fileId}`;
    const empty = await this.emptySheet();
    if (!row || row.sha256 === empty.sha256) return false;
    await tx.change`
      UPDATE stored_files SET sha256 = ${empty.sha256}, mime = ${empty.mime}, size_bytes = ${empty.bytes.length}
      WHERE id = ${fileId} AND sha256 = ${row.sha256}`;
    return true;
  }

  /** The same for every photo: drawn once, and put there each time, since the sweep takes what no unit came to name. */
  private async emptySheet(): Promise<PreparedFile> {
    this.empty ??= await redrawn(await sharp({ create: EMPTY_SHEET }).png().toBuffer());
    return this.prepare(this.empty, 'image/jpeg');
  }

  /** Keeps bytes that are there from the sweep until they are named; false where they are not. */
  private async touched(path: string): Promise<boolean> {
    const now = this.clock.now();
    try {
      await utimes(path, now, now);
      return true;
    } catch (error) {
      if (isGone(error)) return false;
      throw error;
    }
  }

  /** On the disk when this returns, its name as well: the row that names it is written next. Whole, or not at all. */
  private async write(path: string, bytes: Buffer): Promise<void> {
    const unfinished = `${path}.${this.ids.next()}`;
    try {
      await writeFile(unfinished, bytes, { flush: true });
      await rename(unfinished, path);
      await flushFolder(dirname(path));
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
  }

  private pathOf(sha256: string): string {
    return join(this.config.dataDir, 'files', sha256.slice(0, 2), sha256);
  }
}

/** A sweep may have set them aside for a moment, or have been broken off just then. */
async function bytesAt(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    if (!isGone(error)) throw error;
    return readFile(`${path}${LEAVING}`).catch(() => readFile(path));
  }
}

/** A power cut may take back a rename that the folder has not been told to keep. Windows keeps it by itself. */
async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** What can be seen of a photo, and nothing else of it. */
async function redrawn(bytes: Buffer): Promise<Buffer> {
  try {
    return await sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' })
      .rotate()
      .resize(LONGEST_SIDE, LONGEST_SIDE, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 72 })
      .toBuffer();
  } catch {
    throw new FileRefused('这张照片打不开，可能没有传完。');
  }
}
