import { Choice } from '../../platform/web/fields.js';
import { LIST_SPANS } from '../domain/donation-list.js';
import type { ListSpan } from '../domain/donation-list.js';

export class DonationListForm {
  /** All that stands in no list yet, up to that day. */
  @Choice(LIST_SPANS, '请选择公示到哪一天')
  readonly span!: ListSpan;
}
