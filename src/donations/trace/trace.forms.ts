import { Choice, OptionalText, Text } from '../../platform/web/fields.js';

/** What is printed on a receipt. */
export class TraceForm {
  @Text({ label: '票据号码', max: 40 })
  readonly no!: string;

  @Text({ label: '校验码', max: 20 })
  readonly code!: string;
}

export const SIGNATURES = ['NAME', 'UNNAMED'] as const;

/** How a donor wants to stand in public. */
export class DonorSignatureForm {
  @Choice(SIGNATURES, '请选择怎么署名')
  readonly signature!: (typeof SIGNATURES)[number];
}

export class DonorInvitationForm {
  @OptionalText({ label: '登录名', max: 40 })
  readonly login?: string;
}
