import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HostUnderTest } from '../support/host-under-test.js';

describe('the OpenAPI document of the admin API', () => {
  let host: HostUnderTest;
  // oxlint-disable-next-line typescript/no-explicit-any -- a test looks into whatever comes
  let document: any;
  let operations: { method: string; path: string }[];
  beforeAll(async () => {
    host = await HostUnderTest.start();
    document = (await host.admin('GET', 'openapi.json')).body;
    operations = Object.entries(document.paths as object).flatMap(([path, methods]) =>
      Object.keys(methods as object).map((method) => ({ method: method.toUpperCase(), path })),
    );
  });
  afterAll(() => host.close());

  it('has every route that the module has mounted, and no other', () => {
    interface Layer {
      readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
    }
    const { stack } = host.app.getHttpAdapter().getInstance().router as { readonly stack: readonly Layer[] };
    const mounted = stack.flatMap(({ route }) =>
      route?.path.startsWith('/anrok/api')
        ? Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${route.path}`)
        : [],
    );
    expect(mounted.length).toBeGreaterThan(20);
    const documented = operations.map(({ method, path }) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`);
    expect(documented.toSorted()).toEqual(mounted.toSorted());
  });

  it('lets nobody use any of them without the key, nor with another', async () => {
    for (const { method, path } of operations)
      for (const key of ['', 'wrong']) {
        const route = path.replace('/anrok/api/', '').replaceAll(/\{\w+\}/g, 'x');
        const { status, body } = await host.admin(method, route, undefined, key);
        expect(`${method} ${path}: ${status} ${body.code}`).toBe(`${method} ${path}: 401 http_401`);
      }
  });

  it('says of every route what it does', () => {
    for (const { method, path } of operations) {
      const { summary } = document.paths[path][method.toLowerCase()];
      expect(`${method} ${path}: ${summary}`).toMatch(/: [A-Z][^]{5,}\.$/);
    }
  });

  it('says of each what it takes, by what is checked', () => {
    const { parameters } = document.paths['/anrok/api/records'].get;
    expect(parameters.map(({ name }: { name: string }) => name).toSorted()).toEqual(
      'after connectionCode customerId documentId kind limit problemCode requestedFrom requestedTo status'.split(' '),
    );
    expect(parameters).toContainEqual(
      expect.objectContaining({
        name: 'limit',
        in: 'query',
        required: false,
        description: 'limit must be a whole number from 1 to 500.',
        schema: expect.objectContaining({ minimum: 1, maximum: 500, default: 50 }),
      }),
    );
    const { schemas } = document.components;
    expect(schemas.CreateCertificateDto.required.toSorted()).toEqual(['effectiveFrom', 'file', 'jurisdictions']);
    expect(schemas.CreateCertificateDto.properties.jurisdictions).toMatchObject({
      type: 'array',
      items: { $ref: '#/components/schemas/CertificateJurisdictionDto' },
    });
    expect(schemas.CertificateFileDto.properties.name).toMatchObject({ type: 'string' });
    for (const { method, path } of operations)
      for (const parameter of path.matchAll(/\{(\w+)\}/g))
        expect(document.paths[path][method.toLowerCase()].parameters).toContainEqual(
          expect.objectContaining({ name: parameter[1], in: 'path' }),
        );
  });

  it('has no schema that no route leads to', () => {
    const text = JSON.stringify(document);
    for (const name of Object.keys(document.components.schemas as object))
      expect(text).toContain(`"#/components/schemas/${name}"`);
  });

  it('has no reference that leads nowhere, and says once what a problem is', () => {
    const text = JSON.stringify(document);
    for (const [, kind, name] of text.matchAll(/"#\/components\/(\w+)\/(\w+)"/g))
      expect(document.components[kind!]).toHaveProperty(name!);
    for (const { method, path } of operations)
      expect(document.paths[path][method.toLowerCase()].responses.default).toEqual({
        $ref: '#/components/responses/Problem',
      });
    expect(document.components.schemas.Problem.properties.code.examples).toContain('item_not_mapped');
  });

  it('has a page to read and try it: all of it from here, no script of its own, no frame around it', async () => {
    const answer = await fetch(`${host.url}/anrok/api/docs`, { headers: { authorization: 'Bearer test_key' } });
    expect(answer.headers.get('content-security-policy')).toMatch(
      /default-src 'none'; script-src 'self'; style-src 'self'/,
    );
    expect(answer.headers.get('content-security-policy')).not.toContain('unsafe');
    const page = await answer.text();
    expect(page).not.toMatch(/<script>|<style|style=|on\w+=|https?:/);
    const assets = [...page.matchAll(/(?:src|href)="docs\/([^"]+)"/g)].map(([, asset]) => asset!);
    expect(assets).toHaveLength(4);
    for (const asset of assets) {
      const { status, body } = await host.admin('GET', `docs/${asset}`);
      expect(status).toBe(200);
      expect(body.length).toBeGreaterThan(100);
    }
  });

  it.each(['index.html', '..%2fpackage.json', 'swagger-ui.css.map'])('shows no other file: %s', async (file) => {
    expect([404, 400]).toContain((await host.admin('GET', `docs/assets/${file}`)).status);
  });
});
