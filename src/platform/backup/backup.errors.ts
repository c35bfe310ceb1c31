import { DomainError } from '../../kernel/domain-error.js';

/** The file is not what `backup` wrote: cut, changed, or no backup at all. Nothing was written from it. */
export class BackupDamaged extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'BACKUP_DAMAGED';

  constructor(where: string) {
    super(`这个备份文件不完整，或者被改动过（${where}），没有恢复任何内容。`, {}, '请换另一份备份。');
  }
}

export class BackupKeyWrong extends DomainError {
  override readonly kind = 'forbidden';
  override readonly code = 'BACKUP_KEY_WRONG';

  constructor() {
    super('这个备份不是用这把备份密钥加密的。', {}, '请用做备份那天的密钥文件（--key-file）。');
  }
}

export class BackupKeyUnusable extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'BACKUP_KEY_UNUSABLE';

  constructor(why: string) {
    super(`备份密钥文件不能用：${why}。`, {}, '用 backup:key FILE 做一把新的，和备份分开保存。');
  }
}

/** Neither a backup nor a restore writes over anything. */
export class TargetNotEmpty extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'TARGET_NOT_EMPTY';

  constructor(what: string, advice: string) {
    super(`${what}，不会覆盖。`, {}, advice);
  }
}

export class NothingToBackUp extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'NOTHING_TO_BACK_UP';

  constructor() {
    super('这个数据库里还没有建表，没有可以备份的内容。', {}, '请核对 DATABASE_URL。');
  }
}

/** Made by a program that knows more of the schema than this one. */
export class BackupTooNew extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'BACKUP_TOO_NEW';

  constructor(unknown: readonly string[]) {
    super(`这份备份是较新的程序做的：${unknown.join('、')}。`, {}, '请先把程序升级到同一版本。');
  }
}

/** Identity numbers, phones, cards and photos of this backup could not be read with the key ring that lies here. */
export class KeyRingIsAnother extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'KEY_RING_IS_ANOTHER';

  constructor(missing: readonly string[]) {
    super(
      `这台机器的密钥文件（HUZHU_KEY_FILE）打不开这份备份里的密文：缺 ${missing.join('、')}。`,
      {},
      '请先放回做备份时的 keys.json。',
    );
  }
}

export class NoRoom extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NO_ROOM';

  constructor(neededBytes: number, freeBytes: number) {
    const mb = (bytes: number): string => `${String(Math.ceil(bytes / 1_000_000))} MB`;
    super(
      `磁盘空间不够：需要约 ${mb(neededBytes)}，只剩 ${mb(freeBytes)}。`,
      { neededBytes, freeBytes },
      '请先腾出空间；没有写入任何内容。',
    );
  }
}
