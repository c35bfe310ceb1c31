import type { Multipart } from '@fastify/multipart';
import { BadRequestException, createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { FileRefused } from '../files/files.errors.js';

/** A file as it came over the line: nothing about it is believed but its bytes. */
export type Upload = { readonly field: string; readonly bytes: Buffer };

/** The files of one request. An input left empty by the browser is no file. */
export class UploadedFiles {
  constructor(private readonly files: readonly Upload[]) {}

  one(field: string): Buffer | null {
    return this.files.find((file) => file.field === field)?.bytes ?? null;
  }

  all(field: string): Buffer[] {
    return this.files.filter((file) => file.field === field).map(({ bytes }) => bytes);
  }

  get fields(): readonly string[] {
    return this.files.map(({ field }) => field);
  }
}

declare module 'fastify' {
  // eslint-disable-next-line @typescript-eslint/consistent-type-definitions -- only an interface can be added to
  interface FastifyRequest {
    uploads?: UploadedFiles;
  }
}

export const Uploads = createParamDecorator((_data: unknown, context: ExecutionContext): UploadedFiles => {
  const { uploads } = context.switchToHttp().getRequest<FastifyRequest>();
  return uploads ?? new UploadedFiles([]);
});

/** What anybody may send without an account, and therefore little of it. */
const OF_STRANGERS = {
  limits: { files: 1, fileSize: 4_000_000, fields: 5, fieldSize: 1000, parts: 6 },
  throwFileSizeLimit: false, // we say ourselves what was too large
};

const TOO_LARGE = [
  '这个文件超过了 4 MB，没有看。',
  '公示单的 PDF 没有这么大，请看看是不是选错了文件。',
] as const;

/**
 * Reads a multipart body whole, within the limits set at registration (or those for strangers), into `body` (its fields)
 * and `uploads`.
 */
export async function readMultipart(request: FastifyRequest, ofStranger = false): Promise<void> {
  try {
    await readParts(request, ofStranger);
  } catch (error) {
    throw isOurs(error) ? error : new BadRequestException(); // cut off, or never one: the reader's own words say no more
  }
}

/** Refused by a limit, or by us: whatever else is thrown, the body could not be read as what it says it is. */
function isOurs(error: unknown): boolean {
  return error instanceof FileRefused || typeof (error as { statusCode?: unknown }).statusCode === 'number';
}

async function readParts(request: FastifyRequest, ofStranger: boolean): Promise<void> {
  const fields = Object.create(null) as Record<string, string | string[]>; // no name can reach a prototype
  const files: Upload[] = [];
  const parts = request.parts(ofStranger ? OF_STRANGERS : {});
  for await (const part of parts as AsyncIterable<Multipart>) {
    if (part.type === 'file') {
      const bytes = await part.toBuffer();
      if (part.file.truncated)
        throw ofStranger ? new FileRefused(...TOO_LARGE) : new FileRefused('有一张照片超过了 8 MB。');
      if (bytes.length > 0) files.push({ field: part.fieldname, bytes });
    } else if (typeof part.value === 'string') add(fields, part.fieldname, part.value);
  }
  request.body = { ...fields };
  request.uploads = new UploadedFiles(files);
}

function add(fields: Record<string, string | string[]>, name: string, value: string): void {
  const known = fields[name];
  fields[name] = known === undefined ? value : [known, value].flat();
}
