import { permissions } from '../permissions.js';

const FOREWORD = `# Who may reach what
Made from the permission rows of every context by \`npm run huzhu -- export:permissions docs/permissions.md\`; a test
compares. Whatever is not listed is refused. Another society's id is a 404.

A proof that is *fresh* is a password or a code within the last ten minutes (setting STEP_UP); a form that
was opened on one may be sent for twenty minutes more. *Ahead* asks those who have the form when its page is opened.

| route | act | roles | scope | personal fields | proof |
|---|---|---|---|---|---|
`;

/** `docs/permissions.md`: the table as people read it. */
export function permissionsPage(): string {
  const rows = permissions.map(
    ({ route, act, roles, scope, fields, proof, proofAhead }) =>
      `| \`${route}\` | ${act} | ${roles.join(', ')} | ${scope} | ${fields.join(', ') || '–'} | ${proof ?? (proofAhead ? `ahead: ${proofAhead.join(', ')}` : '–')} |`,
  );
  return `${FOREWORD}${rows.join('\n')}\n`;
}
