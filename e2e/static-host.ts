import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { BROTLI_QUALITY } from '../build/sized-assets.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

interface HostOptions {
  readonly port: number;
  /** Compresses what static hosts compress: what has a type of text, script or wasm. */
  readonly brotli?: boolean;
}

/** Serves the build as a static host does that sends no headers of ours. */
export class StaticHost {
  /** Bodies in place of the build's files, by path. */
  readonly replaced = new Map<string, Buffer>();
  /** Bytes sent in bodies so far. */
  sentBytes = 0;
  readonly #server: Server;

  private constructor({ brotli = false }: HostOptions) {
    this.#server = createServer((request, response) => {
      void this.#body(request.url ?? '/').then((found) => {
        if (found === null) return response.writeHead(404).end();
        const packs = brotli && found.type !== 'application/octet-stream';
        const body = packs ? pack(found.body) : found.body;
        this.sentBytes += body.length;
        const encoding = packs ? { 'Content-Encoding': 'br' } : {};
        response.writeHead(200, { 'Content-Type': found.type, 'Content-Length': body.length, ...encoding });
        return response.end(body);
      });
    });
  }

  static async start(options: HostOptions): Promise<StaticHost> {
    const host = new StaticHost(options);
    await new Promise<void>((resolve) => host.#server.listen(options.port, resolve));
    return host;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #body(url: string): Promise<{ readonly type: string; readonly body: Buffer } | null> {
    const path = normalize(new URL(url, 'http://localhost').pathname);
    const file = path === '/' ? '/index.html' : path;
    const body = this.replaced.get(file) ?? (await readFile(join('dist', file)).catch(() => null));
    return body && { type: TYPES[extname(file)] ?? 'application/octet-stream', body };
  }
}

function pack(body: Buffer): Buffer {
  return brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } });
}
