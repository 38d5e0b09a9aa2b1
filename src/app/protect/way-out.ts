/** How photo and key left this page, as the last screen says it: saved in a folder, or given to another program. */
export function wayOut(
  { photoSent, keySent }: { readonly photoSent: boolean; readonly keySent: boolean },
  asPackage: boolean,
): 'saved' | 'photoSent' | 'keySent' | 'sent' | 'package' {
  if (!photoSent) return keySent ? 'keySent' : 'saved';
  if (asPackage) return 'package';
  return keySent ? 'sent' : 'photoSent';
}
