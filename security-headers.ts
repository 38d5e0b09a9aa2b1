/**
 * The headers every response must carry, worker scripts included: a policy in a `<meta>` tag does not reach workers.
 * The build writes them to `dist/_headers` for static hosts that read such a file, and the policy into the page as well,
 * for hosts that do not.
 */

type Directives = Readonly<Record<string, readonly string[]>>;

const directives: Directives = {
  'default-src': ["'none'"],
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  'worker-src': ["'self'"],
  'connect-src': ["'self'"],
  // The chosen photo is shown from where the browser has it.
  'img-src': ["'self'", 'blob:'],
  'style-src': ["'self'"],
  'font-src': ["'self'"],
  'manifest-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
  'object-src': ["'none'"],
  webrtc: ["'block'"],
  // src/trusted-types.ts has the one policy.
  'require-trusted-types-for': ["'script'"],
  'trusted-types': ['default'],
};

/** Powers the page has no use for. */
const refused = [
  'accelerometer',
  'bluetooth',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
  'xr-spatial-tracking',
];

/** What hot reloading needs on top, in development only: inline styles, the refresh preamble and its socket. */
const developmentAdditions: Directives = {
  'script-src': ["'unsafe-inline'"],
  'style-src': ["'unsafe-inline'"],
  'connect-src': ['ws:'],
};

function policy(additions: Directives, leftOut: readonly string[] = []): string {
  return Object.entries(directives)
    .filter(([name]) => !leftOut.includes(name))
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
    'Permissions-Policy': ['camera=(self)', ...refused.map((power) => `${power}=()`)].join(', '),
    'Strict-Transport-Security': 'max-age=63072000',
  };
}

export const productionHeaders = headers(policy({}));
/** Hot reloading writes markup of its own. */
export const developmentHeaders = headers(
  policy(developmentAdditions, ['require-trusted-types-for', 'trusted-types']),
);
/** Marks what the service worker had to add, so that the page can say what holds. */
export const ADDED_BY = ['Rofi-Headers', 'service-worker'] as const;

/** For a `<meta>` tag, which cannot say who may frame the page. */
export const metaPolicy = policy({}, ['frame-ancestors']);

/** The text of a `_headers` file: every path, then one indented line a header. */
export function headersFile(): string {
  const lines = Object.entries(productionHeaders).map(([name, value]) => `  ${name}: ${value}`);
  return ['/*', ...lines, ''].join('\n');
}
