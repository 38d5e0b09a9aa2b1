import { describe, expect, it } from 'vitest';
import { Cancellation } from './cancellation';
import { StepClock } from './step-clock';

describe('Cancellation', () => {
  it('lets a message in between two steps, and ends the job there', async () => {
    const cancellation = new Cancellation();
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => cancellation.cancel();
    const steps: string[] = [];
    const clock = new StepClock(
      (news) => 'step' in news && void steps.push(news.step),
      undefined,
      cancellation.check,
    );
    await clock.run('decode', () => port2.postMessage(null));
    await new Promise((resolve) => setTimeout(resolve, 20));
    await expect(clock.run('encode', () => undefined)).rejects.toMatchObject({ code: 'aborted' });
    expect(steps).toEqual(['decode']);
    port1.close();
  });

  it('ends no job that began afterwards', async () => {
    const cancellation = new Cancellation();
    cancellation.cancel();
    cancellation.begin();
    await expect(cancellation.check()).resolves.toBeUndefined();
  });
});
