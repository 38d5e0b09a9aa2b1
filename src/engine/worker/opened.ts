/** A value opened by the first who asks; a failure is forgotten, so that a retry can work. */
export class Opened<Value> {
  #value: Promise<Value> | undefined;

  constructor(private readonly open: () => Promise<Value>) {}

  get(): Promise<Value> {
    this.#value ??= this.open().catch((error: unknown) => {
      this.#value = undefined;
      throw error;
    });
    return this.#value;
  }
}
