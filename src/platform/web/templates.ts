import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import Handlebars from 'handlebars';
import { sha256 } from '../crypto/hash.js';

/** A plain object with every word ready: no class (getters render blank), no entity, nothing left undefined. */
export type View = object;

const OPTIONS = { strict: true, preventIndent: true };

/** The code of each template under the hash of its text and of what it was compiled with. */
type CompiledAhead = Readonly<Record<string, string>>;

function compiledAhead(directory: string): CompiledAhead {
  const file = join(directory, '..', 'build', 'templates.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as CompiledAhead) : {};
}

/**
 * Handlebars, and hardly more. Every template is compiled at start, so that a slip in one keeps the program from
 * starting (the build has compiled them already: `tools/build-templates.mjs`), and each is a partial of the others: a page says `{{#> layout}}…{{/layout}}`, and the layout says
 * `{{> @partial-block}}`.
 */
export class Templates {
  private readonly handlebars = Handlebars.create();
  private readonly templates = new Map<string, Handlebars.TemplateDelegate>();

  constructor(private readonly directory: string) {
    this.refuseTheUndefined();
    const ahead = compiledAhead(directory);
    for (const name of this.names()) this.templates.set(name, this.compile(name, ahead));
    for (const [name, template] of this.templates) this.handlebars.registerPartial(name, template);
  }

  names(): string[] {
    const files = readdirSync(this.directory, { recursive: true, encoding: 'utf8' });
    return files
      .filter((file) => file.endsWith('.hbs'))
      .map((file) => file.slice(0, -4).replaceAll('\\', '/'));
  }

  render(name: string, view: View): string {
    const template = this.templates.get(name);
    if (!template) throw new Error(`There is no template ${name}`);
    return template(view);
  }

  private compile(name: string, ahead: CompiledAhead): Handlebars.TemplateDelegate {
    const source = readFileSync(join(this.directory, `${name}.hbs`), 'utf8');
    const key = sha256(JSON.stringify([Handlebars.VERSION, OPTIONS, source]));
    const code = ahead[key] ?? (this.handlebars.precompile(source, OPTIONS) as string);
    return this.handlebars.template(runInThisContext(`(${code})`, { filename: `${name}.hbs` }) as never);
  }

  /** Strict Handlebars throws on `{{slip}}` but lets `{{#if slip}}` pass as false: here both throw. */
  private refuseTheUndefined(): void {
    for (const name of ['if', 'unless', 'each', 'with']) {
      const helper = this.handlebars.helpers[name];
      this.handlebars.registerHelper(
        name,
        function (this: unknown, value: unknown, options: unknown): unknown {
          if (!helper || value === undefined)
            throw new Error(`{{#${name}}} was given nothing; a view says false, null or []`);
          return helper.call(this, value, options) as unknown;
        },
      );
    }
  }
}
