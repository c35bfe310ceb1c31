/** A statement with names of our own in it, as the tagged templates take it: a bound value stands between any two parts. */
export const statementOf = (...parts: string[]): TemplateStringsArray => Object.assign(parts, { raw: parts });
