import { type INestApplication, Injectable, type Type } from '@nestjs/common';
import { ApplicationConfig, HttpAdapterHost, ModulesContainer } from '@nestjs/core';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { errorCatalogue } from '../../catalogue/error-catalogue.js';
import { describeInputs, isInput } from './describe-inputs.js';

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

/** What the admin API is, for programs: made from its controllers and from what they check. */
@Injectable()
export class OpenApiDocument {
  private document: OpenAPIObject | undefined;

  constructor(
    private readonly modules: ModulesContainer,
    private readonly config: ApplicationConfig,
    private readonly adapters: HttpAdapterHost,
  ) {}

  /** Made once, when it is first asked for. */
  show(): OpenAPIObject {
    this.document ??= this.make();
    return this.document;
  }

  private make(): OpenAPIObject {
    const own = [...this.modules.values()].find((module) => module.providers.has(OpenApiDocument))!;
    describeInputs([...own.controllers.values()].flatMap(({ metatype }) => inputsOf(metatype as Type)));
    const config = new DocumentBuilder()
      .setTitle('Anrok tax: admin API')
      .setDescription(
        'Connections, mappings, customers, sync records, resyncs and estimates. Who may use it, the host decides. Every error is application/problem+json, with a stable code, a sentence and a remedy.',
      )
      .setVersion('1')
      .setOpenAPIVersion('3.1.0')
      .build();
    const document = SwaggerModule.createDocument(this.application(), config, {
      include: [own.metatype],
      autoTagControllers: false,
    });
    return withoutUnused(withProblems({ ...document, paths: ofTheApi(document.paths) }));
  }

  /** As much of the application as the document is made from: a module is not handed the whole of it. */
  private application(): INestApplication {
    return {
      container: { getModules: () => this.modules, isGlobalModule: () => false },
      config: this.config,
      getHttpAdapter: () => this.adapters.httpAdapter,
    } as unknown as INestApplication;
  }
}

/** Every class that a route takes. */
function inputsOf(controller: Type): Type[] {
  const prototype = controller.prototype as object;
  return Object.getOwnPropertyNames(prototype)
    .flatMap((name) => (Reflect.getMetadata('design:paramtypes', prototype, name) as unknown[] | undefined) ?? [])
    .filter(isInput);
}

/** Without what else the module may have mounted: `AdminApi` tags its routes. */
function ofTheApi(paths: OpenAPIObject['paths']): OpenAPIObject['paths'] {
  const isTagged = (path: OpenAPIObject['paths'][string]) => METHODS.some((method) => path[method]?.tags?.length);
  return Object.fromEntries(Object.entries(paths).filter(([, path]) => isTagged(path)));
}

/** Without the schemas that no route leads to: the forms of the dashboard. */
function withoutUnused(document: OpenAPIObject): OpenAPIObject {
  const { schemas = {}, ...components } = document.components ?? {};
  const used = new Set<string>();
  const follow = (part: unknown) => {
    for (const [, name] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (name === undefined || used.has(name)) continue;
      used.add(name);
      follow(schemas[name]);
    }
  };
  follow([document.paths, components]);
  const reached = Object.entries(schemas).filter(([name]) => used.has(name));
  return { ...document, components: { ...components, schemas: Object.fromEntries(reached) } };
}

/** What every route can answer besides: said once. */
function withProblems(document: OpenAPIObject): OpenAPIObject {
  for (const path of Object.values(document.paths))
    for (const method of METHODS) {
      const operation = path[method];
      if (operation) operation.responses['default'] = { $ref: '#/components/responses/Problem' };
    }
  const text = { type: 'string' };
  const Problem = {
    type: 'object',
    required: ['type', 'status', 'title', 'detail', 'code', 'remedy', 'details'],
    properties: {
      type: { ...text, const: 'about:blank' },
      status: { type: 'integer' },
      title: text,
      detail: { ...text, description: 'What happened, as a sentence.' },
      code: { ...text, description: 'Stable.', examples: [...new Set(errorCatalogue().map(({ code }) => code))] },
      remedy: { ...text, description: 'What to do next, as a sentence.' },
      details: { type: 'object', description: 'The items, fields or ids that it is about.' },
    },
  };
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  const components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Problem },
    responses: { Problem: { description: 'What went wrong, and what to do.', content } },
  };
  return { ...document, components };
}
