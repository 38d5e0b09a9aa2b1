/**
 * The headers every response must carry, worker scripts included: a policy in a `<meta>` tag does not reach workers.
 * The build writes them to `dist/_headers` for static hosts that read such a file.
 */

type Directives = Readonly<Record<string, readonly string[]>>;

const directives: Directives = {
  'default-src': ["'none'"],
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  'worker-src': ["'self'", 'blob:'],
  'connect-src': ["'self'"],
  'img-src': ["'self'", 'blob:', 'data:'],
  'media-src': ["'self'", 'blob:'],
  'style-src': ["'self'"],
  'font-src': ["'self'"],
  'manifest-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
  'object-src': ["'none'"],
};

/** What hot reloading needs on top, in development only: inline styles, the refresh preamble and its socket. */
const developmentAdditions: Directives = {
  'script-src': ["'unsafe-inline'"],
  'style-src': ["'unsafe-inline'"],
  'connect-src': ['ws:'],
};

function policy(additions: Directives): string {
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...sources, ...(additions[name] ?? [])].join(' '))
    .join('; ');
}

function headers(contentSecurityPolicy: string): Record<string, string> {
  return {
    'Content-Security-Policy': contentSecurityPolicy,
    // Together these two isolate the page, which WebAssembly threads need.
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'Permissions-Policy': 'camera=(self), microphone=(), geolocation=()',
  };
}

export const productionHeaders = headers(policy({}));
export const developmentHeaders = headers(policy(developmentAdditions));

/** The text of a `_headers` file: every path, then one indented line a header. */
export function headersFile(): string {
  const lines = Object.entries(productionHeaders).map(([name, value]) => `  ${name}: ${value}`);
  return ['/*', ...lines, ''].join('\n');
}
