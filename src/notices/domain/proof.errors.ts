import { DomainError } from '../../kernel/domain-error.js';

export class PrintCodeUnknown extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'PRINT_CODE_UNKNOWN';

  constructor() {
    super(
      '没有这个打印码，或者已经过了 10 分钟。',
      {},
      '请在手机上的“打印公示单”里再取一个；也可以输入纸上的 8 位校验码。',
    );
  }
}

/** Counted by the line that somebody tries from. Who holds a code that was not typed wrong three times waits for nothing. */
export class TooManyPrintCodes extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'TOO_MANY_PRINT_CODES';

  constructor(waitSeconds: number) {
    const words = waitSeconds > 90 ? `${Math.ceil(waitSeconds / 60)} 分钟` : `${waitSeconds} 秒`;
    super(`试错的次数太多，请等 ${words}再试。`, { waitSeconds }, '输入公示单上的 8 位校验码不用等。');
  }
}

export class PageOfNoticeNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'NOTICE_PAGE_NOT_FOUND';

  constructor() {
    super('这张公示没有这一页。');
  }
}

/** The second file is made by a certificate of the house, which it may not have. */
export class NoSignedFile extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'NOTICE_NOT_SIGNED_BY_MACHINE';

  constructor() {
    super('这张公示没有电子签名的文件。', {}, '张贴、存档以盖章的公示单和 PDF 为准，不需要电子签名。');
  }
}

export class FileToVerifyNeeded extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'FILE_TO_VERIFY_NEEDED';

  constructor() {
    super('请选一个 PDF 文件。', {}, '就是从公示页面下载的、或者别人转发给您的那个文件，不超过 4 MB。');
  }
}
