import type { IncomingMessage } from 'node:http';
import { type CallHandler, createParamDecorator, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { InvalidRequestError } from '../../admin/invalid-request.error.js';

/** A file that came with a form. Its contents are kept where nothing that looks through a request meets them. */
export class FormFile {
  readonly #contents: Uint8Array;

  constructor(
    /** As the browser gave it; empty where no file was chosen. */
    readonly name: string,
    contents: Uint8Array,
  ) {
    this.#contents = contents;
  }

  get contents(): Uint8Array {
    return this.#contents;
  }
}

const MOST_BYTES = 12_000_000;

const filesOf = new WeakMap<object, ReadonlyMap<string, FormFile>>();

/**
 * Reads a form that brings files, `enctype="multipart/form-data"`: its fields become the body, as those of other forms
 * are; its files are `@UploadedFile(name)`. By what Node itself has, so that it works on any framework that leaves such
 * bodies alone, and with nothing written to a disk.
 */
export class MultipartForm implements NestInterceptor {
  /** @throws InvalidRequestError */
  async intercept(context: ExecutionContext, next: CallHandler) {
    const request = context.switchToHttp().getRequest<IncomingMessage & { body?: unknown }>();
    const type = request.headers['content-type'] ?? '';
    if (type.toLowerCase().startsWith('multipart/form-data')) {
      const form = await parse(await readBytes(request), type);
      const files = new Map<string, FormFile>();
      const fields: Record<string, string | string[]> = Object.create(null) as Record<string, string | string[]>;
      for (const [name, content] of form) {
        if (typeof content !== 'string') {
          files.set(name, new FormFile(content.name, new Uint8Array(await content.arrayBuffer())));
          continue;
        }
        const before = fields[name];
        fields[name] = before === undefined ? content : [before, content].flat();
      }
      filesOf.set(request, files);
      request.body = { ...fields };
    }
    return next.handle();
  }
}

/** A file of the form, by its field; undefined where none was chosen. */
export const UploadedFile = createParamDecorator((field: string, context: ExecutionContext): FormFile | undefined => {
  const file = filesOf.get(context.switchToHttp().getRequest<object>())?.get(field);
  return file && (file.name !== '' || file.contents.length > 0) ? file : undefined;
});

async function parse(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<FormData> {
  try {
    return await new Response(bytes, { headers: { 'content-type': type } }).formData();
  } catch {
    throw invalid('the form can not be read');
  }
}

async function readBytes(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // left open, so that the refusal of a body that is too large arrives
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw invalid(`a form may bring ${MOST_BYTES / 1_000_000} MB at most`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function invalid(reason: string): InvalidRequestError {
  return new InvalidRequestError([{ property: 'form', constraints: { form: reason } }]);
}
