import { DomainError } from '../../kernel/domain-error.js';

/** A list that is incomplete or unreadable would give wrong deadlines to everybody: nothing of it is taken. */
export class HolidayListRefused extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'HOLIDAY_LIST_REFUSED';

  constructor(why: string) {
    super(`节假日名单不能导入：${why}`, {}, '请在国务院办公厅公布下一年放假安排后，导入完整的年度文件。');
  }
}
