import { DomainError } from '../../kernel/domain-error.js';

/**
 * Why the town gives up what a village has not got back (domain.md 2.1, REVOKED → WRITTEN_OFF): a closed list. `UPHELD`: an
 * objection to the revocation was right, and the demand goes with it.
 */
export const WRITE_OFF_REASONS = ['UNREACHABLE', 'NO_MEANS', 'DEATH', 'COSTS_MORE', 'UPHELD'] as const;
export type WriteOffReason = (typeof WRITE_OFF_REASONS)[number];

export const WRITE_OFF_WORDS: Readonly<Record<WriteOffReason, string>> = {
  UNREACHABLE: '多次催收，找不到人',
  NO_MEANS: '家里确实还不起',
  DEATH: '人已经去世，没有遗产可还',
  COSTS_MORE: '再追下去，花的比追回的多',
  UPHELD: '对撤销公示的异议成立，不该再追',
};

/** `KEPT`: the board of the union said no, could not meet, or the money had come back meanwhile. */
export type WriteOffState = 'OPEN' | 'WRITTEN_OFF' | 'KEPT';

export class NothingToWriteOff extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NOTHING_TO_WRITE_OFF';

  constructor() {
    super('这笔钱已经全部追回，或者已经核销。', {}, '不用再办，请回到镇联合社的页面。');
  }
}

/** The reasons that can be chosen of this money: that an objection was right, only while that is to be decided anew. */
export const reasonsFor = ({ isObjected }: { readonly isObjected: boolean }): readonly WriteOffReason[] =>
  WRITE_OFF_REASONS.filter((reason) => reason !== 'UPHELD' || isObjected);

export class NobodyWasRight extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'NO_OBJECTION_UPHELD';

  constructor() {
    super(
      '没有等着重新决定的异议：对撤销公示的异议没有成立，或者已经办过了。',
      {},
      '请选别的原因；不该追的，先请当事人对撤销公示提异议。',
    );
  }
}

export class WriteOffAlreadyOpen extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'WRITE_OFF_ALREADY_OPEN';

  constructor() {
    super('这笔钱的核销正在表决。', {}, '请从镇联合社的页面打开这一轮表决。');
  }
}

/** An objection to a write-off may be right about its words; what it would have decided anew stands open anyway. */
export class WriteOffStands extends DomainError {
  override readonly kind = 'conflict';
  override readonly code = 'WRITE_OFF_STANDS';

  constructor() {
    super(
      '核销只是不再催收，钱还回来随时照收，没有要重新表决的。',
      {},
      '公示写错了的，选“成立，更正文字”；能收回的，请村里接着收，收到了照常记账。',
    );
  }
}
