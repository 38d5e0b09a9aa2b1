/** The screens and tools that come in their own files. */
export const screens = {
  restore: async () => ({ default: (await import('./restore/RestoreScreen')).RestoreScreen }),
  compare: async () => ({ default: (await import('./compare/CompareScreen')).CompareScreen }),
  keys: async () => ({ default: (await import('./keys/KeysScreen')).KeysScreen }),
  about: async () => ({ default: (await import('./about/AboutScreen')).AboutScreen }),
  camera: async () => ({ default: (await import('./camera/CameraScreen')).CameraScreen }),
  stand: async () => ({ default: (await import('./stand/StandScreen')).StandScreen }),
  batch: async () => ({ default: (await import('./batch/Batch')).Batch }),
};

/**
 * Fetches every file the page may need later, so that nothing is requested once a photo has been chosen
 * and the page works when the network goes away.
 */
export function preloadScreens(): void {
  const files: readonly Promise<unknown>[] = [
    ...Object.values(screens).map((load) => load()),
    import('../record/container'),
    import('../record/recipient-fingerprint'),
    import('fflate'),
    import('../record/key-file'),
    import('../record/identity'),
    import('../record/qr'),
  ];
  void Promise.allSettled(files);
}
