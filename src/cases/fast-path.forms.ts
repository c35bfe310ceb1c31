import { Choice, Uuid } from '../platform/web/fields.js';
import { RISKS } from './domain/fast-path.js';
import type { Answer, Risk } from './domain/fast-path.js';

const ANSWERS: readonly Answer[] = ['yes', 'no'];

export class OpenFastPathForm {
  @Choice(RISKS, '请选为什么等不得表决')
  readonly risk!: Risk;
}

export class SignFastPathForm {
  @Choice(ANSWERS, '请选同意或不同意')
  readonly answer!: Answer;
}

/** The page names the attempt that it showed: what was seen is what is signed. */
export class SignOnPageForm extends SignFastPathForm {
  @Uuid('请刷新页面再签')
  readonly fastPathId!: string;
}
