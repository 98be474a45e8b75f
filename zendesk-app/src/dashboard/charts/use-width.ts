// Measures how wide an element is.
import { type RefObject, useEffect, useRef, useState } from 'react';

/** CSS pixels. @param first before it was measured, and where there is no layout: on a server, in tests */
export function useWidth<E extends Element>(first: number): [RefObject<E>, number] {
  const ref = useRef<E>(null);
  const [width, setWidth] = useState(first);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      const measured = Math.floor(entry?.contentRect.width ?? 0);
      if (measured > 0) setWidth(measured);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, width];
}
