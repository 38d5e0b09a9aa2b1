import type { Point, Similarity } from '../types';

export function transformPoint({ a, b, tx, ty }: Similarity, { x, y }: Point): Point {
  return { x: a * x - b * y + tx, y: b * x + a * y + ty };
}

/** What `inner` does, and then `outer`. */
export function compose(outer: Similarity, inner: Similarity): Similarity {
  const { x: tx, y: ty } = transformPoint(outer, { x: inner.tx, y: inner.ty });
  return {
    a: outer.a * inner.a - outer.b * inner.b,
    b: outer.b * inner.a + outer.a * inner.b,
    tx,
    ty,
  };
}

/** The way back, such as from crop pixels to photo pixels. */
export function invert({ a, b, tx, ty }: Similarity): Similarity {
  const square = a * a + b * b;
  const ia = a / square;
  const ib = -b / square;
  return { a: ia, b: ib, tx: -(ia * tx - ib * ty), ty: -(ib * tx + ia * ty) };
}

/** Takes points of a part of the picture, scaled down by `factor` and cut at `origin`, where `transform` takes them. */
export function fromPart(transform: Similarity, { x, y }: Point, factor: number): Similarity {
  return compose(transform, { a: factor, b: 0, tx: x, ty: y });
}
