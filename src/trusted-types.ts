/**
 * The one way to start scripts by address under the page's policy: those of this page's own origin. Texts never become
 * scripts or markup, for no policy turns them into trusted ones. The first import of the page and of each worker.
 */

interface TrustedTypes {
  createPolicy(name: string, rules: { readonly createScriptURL: (url: string) => string }): unknown;
}

function ownScriptUrl(url: string): string {
  const { origin, href } = self.location;
  if (new URL(url, href).origin === origin) return url;
  throw new TypeError(`a script of another origin: ${url}`);
}

const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };
trustedTypes?.createPolicy('default', { createScriptURL: ownScriptUrl });

export {};
