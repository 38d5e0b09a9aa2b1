import type { OnNews, Step, StepTiming } from '../api';
import type { Networks } from '../tools';

/** Announces the steps of one job as they begin and adds up how long each took. */
export class StepClock {
  readonly #timings = new Map<Step, StepTiming>();

  constructor(
    private readonly onNews: OnNews,
    private readonly networks: Pick<Networks, 'milliseconds'> = { milliseconds: 0 },
    /** Asked before each step; rejects when the job is to end. */
    private readonly checkpoint: () => Promise<void> = () => Promise.resolve(),
  ) {}

  /** Tells the steps of the job in order. */
  announce(plan: readonly Step[]): void {
    this.onNews({ plan });
  }

  get timings(): readonly StepTiming[] {
    return [...this.#timings.values()];
  }

  /** Runs a step on the whole photo; the work may tell what share of it, 0..1, is done. */
  async run<Result>(
    step: Step,
    work: (onShare: (share: number) => void) => Result | Promise<Result>,
    face?: FaceOf,
  ): Promise<Result> {
    await this.checkpoint();
    this.onNews({ step, ...face });
    const start = performance.now();
    const networkStart = this.networks.milliseconds;
    const result = await work((share) => this.onNews({ step, share, ...face }));
    const { milliseconds = 0, networkMilliseconds = 0 } = this.#timings.get(step) ?? {};
    this.#timings.set(step, {
      step,
      milliseconds: milliseconds + performance.now() - start,
      networkMilliseconds: networkMilliseconds + this.networks.milliseconds - networkStart,
    });
    return result;
  }

  /** Runs a step on each face in turn. */
  async runEach<Item, Result>(
    step: Step,
    items: readonly Item[],
    work: (item: Item, index: number, onShare: (share: number) => void) => Result | Promise<Result>,
  ): Promise<Result[]> {
    const results: Result[] = [];
    for (const [face, item] of items.entries()) {
      results.push(
        await this.run(step, (onShare) => work(item, face, onShare), { face, faces: items.length }),
      );
    }
    return results;
  }
}

interface FaceOf {
  readonly face: number;
  readonly faces: number;
}
