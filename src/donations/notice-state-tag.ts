import type { NoticeState } from '../notices/index.js';
import { tag } from '../platform/web/views.js';
import type { TagView } from '../platform/web/views.js';

/** How far a notice of this room has come, as its lists show it. */
export const NOTICE_STATE_TAG: Readonly<Record<NoticeState, TagView>> = {
  DRAFT: tag('yellow', '待签发'),
  SIGNED: tag('yellow', '待张贴'),
  POSTED: tag('red', '缺张贴照片'),
  RUNNING: tag('blue', '公示中'),
  ENDED: tag('green', '公示期满'),
  ARCHIVED: tag('grey', '已归档'),
  SUSPENDED: tag('red', '已撤下'),
  DISCARDED: tag('grey', '已撤回'),
};
