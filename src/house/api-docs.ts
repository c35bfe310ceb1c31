import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';

export function apiDocumentOf(app: NestFastifyApplication): OpenAPIObject {
  const about = new DocumentBuilder()
    .setTitle('Huzhu')
    .setDescription(
      'The system of record for village mutual-aid societies. Money is whole fen, instants are ISO 8601 in UTC, days YYYY-MM-DD. Commands carry an Idempotency-Key; errors are RFC 9457 problem documents with a stable code.',
    )
    .setVersion('1')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      description: 'The token of signIn; it says nothing by itself',
    })
    .build();
  const document = SwaggerModule.createDocument(app, about, {
    operationIdFactory: (_controller, method) => method,
  });
  const { components = {} } = document;
  const paths = Object.entries(document.paths).filter(([path]) => path.startsWith('/api/v1/'));
  return {
    ...document,
    paths: Object.fromEntries(paths.map(([path, item]) => [path, withContract(item)])),
    components: {
      ...components,
      schemas: { ...components.schemas, Problem: PROBLEM },
      responses: { Problem: REFUSED },
    },
  };
}

type PathItem = OpenAPIObject['paths'][string];
type Operation = NonNullable<PathItem['post']>;
type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Opens or ends a session, or reads by POST so that nothing of a person stands in an address: twice is once. */
const WITHOUT_KEY = [
  'signIn',
  'signOut',
  'findPeople',
  'findDonors',
  'estimateRelief',
  'verifyNoticeFile',
  'requestSignInCode',
  'signInByCode',
  'requestProofCode',
  'requestPhoneCode',
];

/** At the door, and what everybody may read. */
const WITHOUT_TOKEN = [
  'signIn',
  'requestSignInCode',
  'signInByCode',
  'traceDonation',
  'readOpenBooks',
  'readOpenMonths',
  'readBoard',
  'verifyNoticeFile',
  'raiseObjection',
  'readSealHead',
  'listSealBatches',
];

const KEY = {
  name: 'Idempotency-Key',
  in: 'header' as const,
  required: true,
  description: 'The same key and content again: the same answer, and nothing done. With other content: 422.',
  schema: { type: 'string', pattern: '^[\\w.:-]{8,80}$' },
};

/** RFC 9457. */
const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'requestId'],
  properties: {
    type: { type: 'string', example: 'about:blank' },
    title: { type: 'string', description: 'The rule that refused, in one Chinese sentence' },
    status: { type: 'integer', example: 409 },
    detail: { type: 'string', description: 'What to do instead' },
    code: { type: 'string', description: 'Stable', example: 'FUND_CANNOT_COVER' },
    requestId: { type: 'string' },
    details: { type: 'object', description: 'The numbers of the rule' },
    errors: { type: 'object', description: 'By field', additionalProperties: { type: 'string' } },
  },
};
const REFUSED = {
  description: 'Refused, with the rule and its numbers',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

/** What holds for every operation is said here once, and in no controller. */
function withContract(item: PathItem): PathItem {
  const said = { ...item };
  for (const method of ['get', 'post', 'put', 'patch', 'delete'] as const) {
    const operation = item[method];
    if (operation) said[method] = contractOf(operation, method);
  }
  return said;
}

function contractOf(operation: Operation, method: Method): Operation {
  const { operationId = '', parameters = [], responses } = operation;
  const isCommand = method !== 'get' && !WITHOUT_KEY.includes(operationId);
  const others = parameters.filter((each) => !('name' in each) || each.name !== KEY.name);
  return {
    ...operation,
    parameters: isCommand ? [...others, KEY] : others,
    responses: { ...responses, default: { $ref: '#/components/responses/Problem' } },
    security: WITHOUT_TOKEN.includes(operationId) ? [] : [{ bearer: [] }],
  };
}

/** `/api/docs` for people, `/api/v1/openapi.json` for programs. */
export function addApiDocs(app: NestFastifyApplication): void {
  SwaggerModule.setup('api/docs', app, () => apiDocumentOf(app), {
    jsonDocumentUrl: 'api/v1/openapi.json',
    yamlDocumentUrl: 'api/v1/openapi.yaml',
  });
}
