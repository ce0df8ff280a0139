type Schema = Record<string, unknown>;

/** A JSON Schema that no grammar can be made of; the message says where. */
export class SchemaUnsupported extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'SchemaUnsupported';
  }
}

const scalars = ['string', 'number', 'integer', 'boolean', 'null'];
const anything: Schema = {
  oneOf: [
    ...scalars.filter((type) => type !== 'integer').map((type) => ({ type })),
    { type: 'object', additionalProperties: true },
    { type: 'array' },
  ],
};

/**
 * Puts a JSON Schema in the words that the grammar library knows; what it does not know, it would silently take for
 * `null`. What a grammar cannot hold (`pattern`, `minimum`, …) is dropped, and optional properties become required:
 * an answer that fits the result fits the schema but for those.
 * @throws {SchemaUnsupported}
 */
export function toGrammarSchema(schema: unknown): Schema {
  if (schema === true) return anything;
  if (!isObject(schema)) throw new SchemaUnsupported(`${JSON.stringify(schema)} is not a schema`);
  if ('allOf' in schema) throw new SchemaUnsupported('allOf is not supported');
  const defs = isObject(schema.$defs) ? { $defs: mapValues(schema.$defs, toGrammarSchema) } : {};
  if (typeof schema.$ref === 'string') {
    if (!schema.$ref.startsWith('#/$defs/'))
      throw new SchemaUnsupported(`$ref ${schema.$ref} is not in #/$defs`);
    return { $ref: schema.$ref, ...defs };
  }
  if ('const' in schema) return { const: schema.const };
  if (Array.isArray(schema.enum)) return { enum: schema.enum };
  const choices = schema.oneOf ?? schema.anyOf;
  if (Array.isArray(choices)) return { oneOf: choices.map(toGrammarSchema), ...defs };
  const type = schema.type ?? typeFromKeywords(schema);
  if (Array.isArray(type))
    return { oneOf: type.map((one) => toGrammarSchema({ ...schema, type: one })), ...defs };
  return { ...ofType(type, schema), ...defs };
}

function ofType(type: unknown, schema: Schema): Schema {
  if (type === undefined) return anything;
  if (type === 'object') {
    const { additionalProperties, minProperties, maxProperties } = schema;
    const properties = isObject(schema.properties) ? mapValues(schema.properties, toGrammarSchema) : null;
    // Like llama.cpp: named properties and no others, unless it says so; without names, any.
    const others = additionalProperties ?? properties === null;
    return defined({
      type,
      properties: properties ?? {},
      additionalProperties: typeof others === 'boolean' ? others : toGrammarSchema(others),
      minProperties,
      maxProperties,
    });
  }
  if (type === 'array') {
    const { items, prefixItems, minItems, maxItems } = schema;
    return defined({
      type,
      items: items === undefined ? undefined : toGrammarSchema(items),
      prefixItems: Array.isArray(prefixItems) ? prefixItems.map(toGrammarSchema) : undefined,
      minItems,
      maxItems,
    });
  }
  if (type === 'string') {
    const { format, minLength, maxLength } = schema;
    const known = ['date-time', 'time', 'date'].includes(String(format));
    return known ? { type, format } : defined({ type, minLength, maxLength });
  }
  if (scalars.includes(String(type))) return { type };
  throw new SchemaUnsupported(`there is no type ${JSON.stringify(type)}`);
}

function typeFromKeywords(schema: Schema): string | undefined {
  if ('properties' in schema || 'additionalProperties' in schema) return 'object';
  return 'items' in schema || 'prefixItems' in schema ? 'array' : undefined;
}

function isObject(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mapValues(object: Schema, change: (value: unknown) => Schema): Schema {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}

function defined(object: Schema): Schema {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
