import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The names under which the build wrote styles and script: each carries its hash, so a browser keeps it for a year. */
export class Assets {
  private constructor(private readonly names: Readonly<Record<string, string>>) {}

  /** Throws when nothing was built: a page without its styles is not served. */
  static in(directory: string): Assets {
    const manifest = readFileSync(join(directory, 'manifest.json'), 'utf8');
    return new Assets(JSON.parse(manifest) as Record<string, string>);
  }

  url(name: string): string {
    const built = this.names[name];
    if (built === undefined) throw new Error(`The build wrote no asset ${name}: run npm run assets`);
    return `/assets/${built}`;
  }
}
