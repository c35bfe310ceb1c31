import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
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
  private empty: PreparedFile | null = null;

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
    try {
      const image = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' }).rotate();
      const jpeg = await image
        .resize(LONGEST_SIDE, LONGEST_SIDE, { fit: 'inside', withoutEnlargement: true })
        .flatten({ background: '#ffffff' })
        .jpeg({ quality: 72 })
        .toBuffer();
      return await this.prepare(jpeg, 'image/jpeg');
    } catch (error) {
      if (error instanceof FileRefused) throw error;
      throw new FileRefused('这张照片打不开，可能没有传完。');
    }
  }

  async prepare(bytes: Buffer, mime: string): Promise<PreparedFile> {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const path = this.pathOf(sha256);
    if (!(await exists(path))) {
      await mkdir(dirname(path), { recursive: true });
      const unfinished = `${path}.${this.ids.next()}`;
      await writeFile(unfinished, this.sealing.sealFile(bytes, `files/${sha256}`), { flush: true });
      await rename(unfinished, path);
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
    const sealed = await readFile(this.pathOf(row.sha256));
    const { mime, societyId, purpose } = row;
    return { bytes: this.sealing.openFile(sealed, `files/${row.sha256}`), mime, societyId, purpose };
  }

  /**
   * The record of a photo stays where others point to it, and shows an empty sheet from now on: a step of the caller's
   * unit. The bytes go after the commit, unless another record names the same. False where it was empty already.
   */
  async blank(tx: Tx, fileId: string): Promise<boolean> {
    const [row] = await tx.read<{ sha256: string }>`
      SELECT sha256 AS "sha256" FROM stored_files WHERE id = ${fileId}`;
    const empty = await this.emptySheet();
    if (!row || row.sha256 === empty.sha256) return false;
    await tx.change`
      UPDATE stored_files SET sha256 = ${empty.sha256}, mime = ${empty.mime}, size_bytes = ${empty.bytes.length}
      WHERE id = ${fileId} AND sha256 = ${row.sha256}`;
    tx.afterCommit(() => this.removeUnnamed(row.sha256));
    return true;
  }

  /** The same for every photo: made once. */
  private async emptySheet(): Promise<PreparedFile> {
    return (this.empty ??= await this.prepareImage(await sharp({ create: EMPTY_SHEET }).png().toBuffer()));
  }

  private async removeUnnamed(sha256: string): Promise<void> {
    const named = await this.reads.one<{ id: string }>`
      SELECT id AS "id" FROM stored_files WHERE sha256 = ${sha256} LIMIT 1`;
    if (!named) await rm(this.pathOf(sha256), { force: true });
  }

  private pathOf(sha256: string): string {
    return join(this.config.dataDir, 'files', sha256.slice(0, 2), sha256);
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
