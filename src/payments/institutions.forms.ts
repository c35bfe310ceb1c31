import { applyDecorators } from '@nestjs/common';
import { ValidateBy } from 'class-validator';
import { Text } from '../platform/web/fields.js';
import { holdsAccountNumber, readInstitutionAccount } from './domain/institution-account.js';

/** A rule in our own words; null is fine. */
const rule = (name: string, fault: (text: string) => string | null) => {
  const faultOf = (value: unknown) => fault(typeof value === 'string' ? value : '');
  return ValidateBy({
    name,
    validator: {
      validate: (value) => faultOf(value) === null,
      defaultMessage: (args) => faultOf(args?.value) ?? '填写有误',
    },
  });
};

/** Words that many see: an account number that slipped in here would be shown to all of them. */
const PlainName = (label: string) =>
  applyDecorators(
    Text({ label, max: 50 }),
    rule('plainName', (text) => {
      if (text.trim() === '') return `请填写${label}`;
      return holdsAccountNumber(text) ? `${label}里不要写账号，账号填在“账号”一栏` : null;
    }),
  );

/** What an officer reads off the papers of a hospital. */
export class InstitutionForm {
  @PlainName('机构名称')
  readonly name!: string;

  @PlainName('开户银行')
  readonly bankName!: string;

  @rule('institutionAccount', (text) =>
    readInstitutionAccount(text).ok ? null : '账号应为 8 至 32 位数字，请对照开户资料核对',
  )
  @Text({ label: '账号', max: 60 })
  readonly accountNumber!: string;
}
