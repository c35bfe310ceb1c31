import { Controller, Get, Param, ParseUUIDPipe, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../kernel/actor.js';
import { DomainError } from '../kernel/domain-error.js';
import { Files } from '../platform/files/files.js';
import { By, societyOf } from '../platform/web/caller.js';
import { sendPrivateFile } from '../platform/web/private-file.js';
import { Commands } from './commands.service.js';
import { mayReadFile } from './domain/file-readers.js';
import { FileThreads } from './file-threads.js';

class FileNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'FILE_NOT_FOUND';

  constructor() {
    super('没有找到这个文件。');
  }
}

/** Photos and papers of the society's own files. Each look is an act of its own in the trail. */
@Controller('s/files')
export class FilesPages {
  constructor(
    private readonly files: Files,
    private readonly threads: FileThreads,
    private readonly commands: Commands,
  ) {}

  @Get(':fileId')
  async file(
    @By() actor: Actor,
    @Param('fileId', ParseUUIDPipe) fileId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const file = await this.files.read(fileId);
    if (file?.societyId !== societyOf(actor)) throw new FileNotFound();
    if (!mayReadFile(file.purpose, actor.roles)) throw new FileNotFound();
    const thread = await this.threads.of(file, fileId);
    await this.commands.recordRead(actor, 'file', fileId, thread ?? { words: file.purpose });
    sendPrivateFile(reply, file);
  }
}
