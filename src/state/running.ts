import { useBatch } from './batch';
import { useProtect } from './protect';
import { useRestore } from './restore';

/** Whether a photo is in work anywhere on the page: a reload would lose it. */
export function useRunning(): boolean {
  const protecting = useProtect(({ stage }) => stage === 'opening' || stage === 'protecting');
  const restoring = useRestore(({ running }) => running);
  const batch = useBatch(({ running }) => running);
  return protecting || restoring || batch;
}
