/**
 * What becomes of an order (domain.md 2.1, pay track). It waits for its approval only where nobody presided over the
 * decision; what the bank sends back is to be paid again; whatever has not been paid can be called off.
 */
export const ORDER_STATES = ['TO_APPROVE', 'TO_PAY', 'PAID', 'CANCELLED'] as const;
export type OrderState = (typeof ORDER_STATES)[number];

export const ORDER_WORDS: Readonly<Record<OrderState, string>> = {
  TO_APPROVE: '待同意',
  TO_PAY: '待付',
  PAID: '已付',
  CANCELLED: '已取消',
};

/** What happened to one try of an order. A try that was paid may have a second line: the bank sent it back. */
export const OUTCOME_WORDS = { FAILED: '没打成功', PAID: '已打款', RETURNED: '银行退回' } as const;
export type AttemptOutcome = keyof typeof OUTCOME_WORDS;

/** Why a bank does not carry a transfer out, as its slip says it. */
export const BANK_REASONS = {
  NAME_MISMATCH: '户名不符',
  WRONG_ACCOUNT: '账号错误',
  BANK_REFUSED: '银行退单',
  OTHER: '其他',
} as const;
export type BankReason = keyof typeof BANK_REASONS;

export const BANK_REASON_CODES = Object.keys(BANK_REASONS) as readonly BankReason[];
