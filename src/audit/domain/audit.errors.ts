import { DomainError } from '../../kernel/domain-error.js';

export class KeyUsedOtherwise extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'KEY_USED_OTHERWISE';

  constructor() {
    super(
      '这张单子已经交过，这次的内容和上次不同，没有再办。',
      {},
      '请回到上一页看看上次的结果；要另办一件，请重新打开表单。',
    );
  }
}
