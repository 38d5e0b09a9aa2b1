import { useEffect, useEffectEvent, useState } from 'react';

const SECONDS = 3;

/** Seconds left until `onEnd`, for who has to hold still first; null while it does not run. */
export function useCountdown(onEnd: () => void): {
  readonly left: number | null;
  readonly toggle: () => void;
} {
  const [left, setLeft] = useState<number | null>(null);
  const tick = useEffectEvent(() => {
    if (left !== null && left > 1) setLeft(left - 1);
    else {
      setLeft(null);
      onEnd();
    }
  });
  useEffect(() => {
    if (left === null) return;
    const next = setTimeout(() => tick(), 1000);
    return () => clearTimeout(next);
  }, [left]);
  return { left, toggle: () => setLeft(left === null ? SECONDS : null) };
}
