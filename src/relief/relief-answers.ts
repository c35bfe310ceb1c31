import type { FastifyReply } from 'fastify';
import type { FieldErrors, Parsed, Typed } from '../platform/web/forms.js';
import { reliefFaults } from './relief.faults.js';

type Answers<Values> = {
  readonly template: string;
  /** The form again, with what was typed and what is wrong beside its field. */
  readonly page: (typed: Typed, errors: FieldErrors) => Promise<object>;
  /** What the form cannot check by itself. */
  readonly check?: (typed: Typed) => FieldErrors;
  /** Does it, and says where to go. */
  readonly work: (values: Values, typed: Typed) => Promise<string>;
};

/** Each form of relief is answered alike: 303 where it was done, 422 with the form where a field is at fault. */
export async function sent<Values>(
  reply: FastifyReply,
  form: Parsed<Values>,
  { template, page, check, work }: Answers<Values>,
): Promise<void> {
  const again = async (errors: FieldErrors): Promise<void> => {
    await reply.status(422).view(template, await page(form.typed, errors));
  };
  const faults = { ...(form.ok ? {} : form.errors), ...check?.(form.typed) };
  if (!form.ok || Object.keys(faults).length > 0) return again(faults);
  let to: string;
  try {
    to = await work(form.values, form.typed);
  } catch (error) {
    return again(reliefFaults(error));
  }
  void reply.redirect(to, 303);
}

/** What is wrong with what was typed, where reading it throws. */
export function faultsOf(read: () => unknown): FieldErrors {
  try {
    read();
    return {};
  } catch (error) {
    return reliefFaults(error);
  }
}
