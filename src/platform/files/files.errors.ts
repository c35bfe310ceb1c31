import { DomainError } from '../../kernel/domain-error.js';

export class FileRefused extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'FILE_REFUSED';

  constructor(why: string, advice = '请重新拍一张照片（JPG 或 PNG，不超过 8 MB）再交。') {
    super(why, {}, advice);
  }
}
