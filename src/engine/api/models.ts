/** What has to be on the device, and what runs there. */

/** What the browser offers and what was chosen, with the reason, for the About screen. */
export interface RuntimeReport {
  readonly backend: 'webgpu' | 'wasm';
  /** Code for the catalogue: why this backend runs. */
  readonly reason:
    | 'self-test-agreed'
    | 'no-adapter'
    | 'software-adapter'
    | 'not-asked'
    | 'wasm-faster'
    | 'self-test-disagreed'
    | 'webgpu-failed'
    | 'webgpu-lost';
  /** Of one warm run of the largest network on each backend, milliseconds; null where they were not compared. */
  readonly times: Readonly<Record<RuntimeReport['backend'], number>> | null;
  readonly threads: number;
  readonly crossOriginIsolated: boolean;
  /** Largest difference between the self-test's output and the golden tensors. */
  readonly selfTestError: number;
}

/**
 * What a call needs to be on this device first: nothing but the page, the landmark model (inspecting frames, measuring),
 * or all networks.
 */
export type Need = 'nothing' | 'landmarks' | 'all';

/** A model, or a part of the program, that comes once the person agrees. */
export interface ModelState {
  readonly name: string;
  readonly version: string;
  /** On this device. */
  readonly bytes: number;
  /** On the way here, as this page's host compresses. */
  readonly sentBytes: number;
  readonly cached: boolean;
  /** The least need that takes it. */
  readonly need: Exclude<Need, 'nothing'>;
}

/** In bytes on the way here. */
export interface DownloadProgress {
  readonly model: string;
  readonly receivedBytes: number;
  readonly totalBytes: number;
}
