import { Lines } from '../../platform/web/fields.js';
import { CharterForm, charterTermsOf } from '../../societies/index.js';
import type { CharterProposal } from './charter-motion.service.js';

/** A new version of the charter, whole, and why. */
export class CharterMotionForm extends CharterForm {
  @Lines({ label: '为什么修订', min: 4, max: 200 })
  readonly why!: string;
}

export const proposalOf = (form: CharterMotionForm): CharterProposal => ({
  terms: charterTermsOf(form),
  why: form.why,
});
