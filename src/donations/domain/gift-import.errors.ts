import { DomainError } from '../../kernel/domain-error.js';

export class GiftImportNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly code = 'GIFT_IMPORT_NOT_FOUND';

  constructor() {
    super('这份预览已经用过或已过期，一笔也没有记。', {}, '请重新上传表格。');
  }
}

/** The same rows again: a sheet is taken in once, whatever its file is called. */
export class SheetAlreadyTaken extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'SHEET_ALREADY_TAKEN';

  constructor() {
    super('这张表格已经导入过，没有再记一次。', {}, '请在捐赠名单里核对；还有没记的，另做一张表。');
  }
}

/** Between the preview and its confirmation somebody recorded what is in the sheet, or changed a donor in it. */
export class SheetMovedOn extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'SHEET_MOVED_ON';

  constructor(faults: number, row: number, reason: string) {
    super(
      `核对以后又有变动，表格里有 ${faults} 处现在不对了，一笔也没有记。`,
      { faults, row },
      `第 ${row} 行：${reason}。请重新上传表格核对。`,
    );
  }
}
