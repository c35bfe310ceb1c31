/**
 * The accounts that a society's book uses, by what they mean. Codes and names are those of the 2004 list of
 * 民间非营利组织会计制度 (domain.md 1.9); the appendix of 财会〔2024〕25号 is to be compared by a person (domain.md 6),
 * and a change of code is a change of this table alone.
 */
export const ACCOUNT = {
  cash: '1001',
  bank: '1002',
  receivable: '1122',
  goods: '1201',
  heldForOthers: '1701',
  payable: '2209',
  owedToOthers: '2601',
  netAssets: '3101',
  gifts: '4101',
  fees: '4201',
  subsidies: '4401',
  otherIncome: '4901',
  grants: '5101',
  administration: '5201',
  otherCosts: '5401',
} as const;
export type Account = (typeof ACCOUNT)[keyof typeof ACCOUNT];

export const ACCOUNT_NAME: Readonly<Record<Account, string>> = {
  '1001': '现金',
  '1002': '银行存款',
  '1122': '其他应收款',
  '1201': '存货',
  '1701': '受托代理资产',
  '2209': '其他应付款',
  '2601': '受托代理负债',
  '3101': '非限定性净资产',
  '4101': '捐赠收入',
  '4201': '会费收入',
  '4401': '政府补助收入',
  '4901': '其他收入',
  '5101': '业务活动成本',
  '5201': '管理费用',
  '5401': '其他费用',
};

/** Where money lies. What a fund holds is the sum of its lines on these. */
export const MONEY_ACCOUNTS: readonly Account[] = [ACCOUNT.cash, ACCOUNT.bank];

export function accountName(code: string): string {
  return (ACCOUNT_NAME as Readonly<Record<string, string | undefined>>)[code] ?? code;
}
