import { RofiError } from '../../errors';

/** Whether the page still wants the job in work. A network that runs cannot be stopped; the next one need not begin. */
export class Cancellation {
  #cancelled = false;

  /** A new job: what was cancelled before does not concern it. */
  begin(): void {
    this.#cancelled = false;
  }

  cancel(): void {
    this.#cancelled = true;
  }

  /**
   * Lets the page's messages in, and ends the job when one of them cancelled it.
   *
   * @throws RofiError `aborted`
   */
  readonly check = async (): Promise<void> => {
    await nextTask();
    if (this.#cancelled) throw new RofiError('aborted');
  };
}

/** A turn of the event loop. Timers would wait four milliseconds each. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
