import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { apiDocumentOf } from '../../src/house/api-docs.js';
import { permissions } from '../../src/permissions.js';
import type { PermissionRow } from '../../src/platform/web/permissions.js';

export type FieldSchema = {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly example?: unknown;
  readonly format?: string;
  readonly minLength?: number;
  readonly items?: FieldSchema;
  readonly properties?: Readonly<Record<string, FieldSchema>>;
};
type Operation = {
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: FieldSchema }>> };
};
type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<
      Record<string, { readonly properties?: Readonly<Record<string, FieldSchema>> }>
    >;
  };
};
export type SampleFields = Readonly<Record<string, unknown>>;
/** What a route of the API takes, and whether photos come along. */
export type BodySchema = {
  readonly fields: Readonly<Record<string, FieldSchema>>;
  readonly isMultipart: boolean;
};

/** What the document of the API says of a route's body. */
export function bodySchemasOf(app: NestFastifyApplication): (row: PermissionRow) => BodySchema {
  const { paths, components } = apiDocumentOf(app) as unknown as Document;
  return ({ route }) => {
    const [method = '', path = ''] = route.split(' ');
    const operation = paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
    const [[type, content] = []] = Object.entries(operation?.requestBody?.content ?? {});
    const name = content?.schema.$ref?.split('/').at(-1) ?? '';
    const fields = components.schemas[name]?.properties ?? content?.schema.properties ?? {};
    return { fields, isMultipart: type === 'multipart/form-data' };
  };
}

/** What a well-meaning program would send to a route, made from the document of the API; a page takes the fields of its act. */
export function sampleFieldsOf(app: NestFastifyApplication): (row: PermissionRow) => SampleFields {
  const schemasOf = bodySchemasOf(app);
  const schemaOf = (row: PermissionRow) => schemasOf(row).fields;
  const byAct = new Map(
    permissions
      .map((row) => [row.act, schemaOf(row)] as const)
      .filter(([, each]) => Object.keys(each).length > 0),
  );
  return ({ act }) =>
    Object.fromEntries(
      Object.entries(byAct.get(act) ?? {}).map(([name, schema]) => [name, sampleOf(schema)]),
    );
}

export function sampleOf({ example, type, format, minLength = 1, ...schema }: FieldSchema): unknown {
  if (example !== undefined) return example;
  if (schema.enum?.[0] !== undefined) return schema.enum[0];
  if (type === 'integer' || type === 'number') return 100;
  if (type === 'boolean') return true;
  if (type === 'array') return schema.items?.enum?.[0] === undefined ? [] : [schema.items.enum[0]];
  return format === 'uuid' ? '01890000-0000-7000-8000-000000000000' : '试'.repeat(minLength);
}
