import { Choice } from '../../platform/web/fields.js';

export const OFFER_ANSWERS = ['ACCEPT', 'DECLINE'] as const;
export type OfferAnswer = (typeof OFFER_ANSWERS)[number];

/** Whether gifts that a society puts before an account are its owner's. */
export class OfferAnswerForm {
  @Choice(OFFER_ANSWERS, '请选“是我的”或者“不是我”')
  readonly answer!: OfferAnswer;
}
