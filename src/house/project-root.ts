import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the project, from `src/` and from `dist/src/` alike. */
export function projectRoot(): string {
  const here = fileURLToPath(new URL('..', import.meta.url));
  return here.endsWith(join('dist', 'src', '/')) ? join(here, '..', '..') : join(here, '..');
}
