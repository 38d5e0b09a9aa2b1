import type { FindPeople } from './surroundings/hide-background';
import type { Recogniser } from './checks/recognition';
import type { FindFaces, FindNear } from './landmarks/faces';
import type { LandmarkFinder } from './landmarks/landmarks';
import type { FaceMesh } from './geometry/mesh';
import { guessAttributes } from './networks/attributes';
import { detectFaces } from './networks/face-detector';
import { seeFront } from './networks/front';
import { translateIdentity } from './networks/protector';
import { embedFace } from './networks/recogniser';
import { restoreIdentity } from './networks/restorer';
import type { Runtime } from './networks/runtime';
import { detectSigns } from './networks/sign-detector';
import type { Atlas } from './people/atlas';
import type { Visit } from './people/visit';

/** What every job works with; opened once a worker. */
export interface Tools {
  readonly networks: Pick<Networks, keyof Networks>;
  readonly mesh: FaceMesh;
  /** The people that keys are made of. */
  readonly atlas: Atlas;
  readonly findFaces: FindFaces;
  readonly findNear: FindNear;
  readonly findPeople: FindPeople;
  /** Whom the photos under the last key have shown. */
  readonly visit: Visit;
  readonly recognisers: readonly Recogniser[];
  /** Hex SHA-256 of each model's file, for the record. */
  readonly modelDigests: Readonly<Record<string, string>>;
}

type Bound<F> = F extends (runtime: Runtime, ...inputs: infer Inputs) => infer Output
  ? (...inputs: Inputs) => Output
  : never;

/** The networks on one runtime, and the time they have taken. */
export class Networks {
  #milliseconds = 0;

  constructor(
    private readonly runtime: Runtime,
    private readonly finder: Pick<LandmarkFinder, 'milliseconds'>,
    /** Asked before each run; rejects when the job is to end. */
    private readonly checkpoint: () => Promise<void> = () => Promise.resolve(),
  ) {}

  /** Time spent in networks since the worker started, the face landmarker's included. */
  get milliseconds(): number {
    return this.#milliseconds + this.finder.milliseconds;
  }

  readonly guessAttributes: Bound<typeof guessAttributes> = (...inputs) =>
    this.#timed(() => guessAttributes(this.runtime, ...inputs));

  readonly detectFaces: Bound<typeof detectFaces> = (...inputs) =>
    this.#timed(() => detectFaces(this.runtime, ...inputs));

  readonly seeFront: Bound<typeof seeFront> = (...inputs) =>
    this.#timed(() => seeFront(this.runtime, ...inputs));

  readonly detectSigns: Bound<typeof detectSigns> = (...inputs) =>
    this.#timed(() => detectSigns(this.runtime, ...inputs));

  readonly translateIdentity: Bound<typeof translateIdentity> = (...inputs) =>
    this.#timed(() => translateIdentity(this.runtime, ...inputs));

  readonly restoreIdentity: Bound<typeof restoreIdentity> = (...inputs) =>
    this.#timed(() => restoreIdentity(this.runtime, ...inputs));

  readonly embedFace: Bound<typeof embedFace> = (...inputs) =>
    this.#timed(() => embedFace(this.runtime, ...inputs));

  async #timed<Output>(run: () => Promise<Output>): Promise<Output> {
    await this.checkpoint();
    const start = performance.now();
    try {
      return await run();
    } finally {
      this.#milliseconds += performance.now() - start;
    }
  }
}
