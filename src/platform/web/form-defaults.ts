const defaults = new WeakMap<object, Map<string | symbol, () => unknown>>();

/** What a field is when the form did not send it at all: no tick is false, no choice an empty list. */
export function defaultsTo(make: () => unknown): PropertyDecorator {
  return (form, field) => {
    const known = defaults.get(form) ?? new Map<string | symbol, () => unknown>();
    defaults.set(form, known.set(field, make));
  };
}

/** class-transformer transforms only what was sent; what was not gets its default here, form and parents alike. */
export function fillDefaults(values: object): void {
  for (
    let form = Object.getPrototypeOf(values) as object | null;
    form !== null;
    form = Object.getPrototypeOf(form) as object | null
  )
    for (const [field, make] of defaults.get(form) ?? [])
      if (Reflect.get(values, field) === undefined) Reflect.set(values, field, make());
}
