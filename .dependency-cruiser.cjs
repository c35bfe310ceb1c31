/** The rule of arrows: a context may import only contexts printed before it. */
const contexts =
  'audit societies people access offices duties messages breaches notices board ledger funds donations payments cases relief federation outreach'.split(
    ' ',
  );
const any = `(${contexts.join('|')})`;
/** What stands around the rooms: the entry files, the door and the timers, the demo. */
const house = '^src/(house/|demo/|[^/]+\\.ts$)';
const rule = (name, from, to) => ({ name, severity: 'error', from, to });

const arrows = contexts
  .slice(0, -1)
  .map((context, i) =>
    rule(
      `arrows-${context}`,
      { path: `^src/${context}/` },
      { path: `^src/(${contexts.slice(i + 1).join('|')})/` },
    ),
  );

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...arrows,
    rule('no-cycles', {}, { circular: true }),
    rule(
      'kernel-imports-nothing',
      { path: '^src/kernel/', pathNot: '\\.spec\\.ts$' },
      { pathNot: '^src/kernel/' },
    ),
    rule(
      'domain-is-pure',
      { path: '^src/[^/]+/domain/', pathNot: '\\.spec\\.ts$' },
      { pathNot: '^src/([^/]+/domain|kernel)/' },
    ),
    rule('platform-knows-no-context', { path: '^src/platform/' }, { path: `^src/${any}/` }),
    rule('nobody-enters-the-house', { path: `^src/(${any}|platform|kernel)/` }, { path: house }),
    rule(
      'contexts-by-the-front-door',
      { path: `^src/${any}/` },
      { path: `^src/${any}/`, pathNot: ['^src/$1/', '^src/[^/]+/(index\\.ts$|domain/)'] },
    ),
    rule(
      'house-by-the-front-door',
      { path: house },
      { path: `^src/${any}/`, pathNot: '^src/[^/]+/index\\.ts$' },
    ),
    rule(
      'only-services-open-transactions',
      { path: `^src/${any}/`, pathNot: '\\.service\\.ts$' },
      { path: '^src/platform/database/transactions\\.ts$', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'pages-touch-no-rows',
      { path: '\\.(controller|pages|forms|views|permissions)\\.ts$' },
      {
        path: ['\\.(entity|store)\\.ts$', '(^|/)node_modules/(@nestjs/)?typeorm/', '^src/platform/database/'],
      },
    ),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
  },
};
