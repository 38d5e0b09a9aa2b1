#!/bin/sh
# Trains the network that sees what is in front of a face, and shows what it finds: an hour of two cores.
# Usage: ./front.sh [MINUTES]
set -e
cd "$(dirname "$0")"
minutes=${1:-35}
out=runs/front
mkdir -p $out

# What training faces wear themselves, as the fit of bare faces tells; on them, what is drawn.
[ -f $out/fitted.npy ] || python -m rofi.front.worn --out $out/fitted.npy
for first in 0 8; do
  OMP_NUM_THREADS=1 python -m rofi.front.scenes --worn $out/fitted.npy --out $out/scenes --first $first --shards 8 --of 1000 &
done
wait

# A first network corrects what the fit took for worn; then the network itself.
python -m rofi.front.train --scenes $out/scenes --worn $out/fitted.npy --run $out --minutes 8 --stay
python -m rofi.front.worn --out $out/worn.npy --after $out/fitted.npy --checkpoint $out/front.pt
python -m rofi.front.train --scenes $out/scenes --worn $out/worn.npy --run $out --minutes "$minutes"

mkdir -p $out/models
cp ../public/models/* $out/models
python -m rofi.front.export $out/front.pt --version 1.1.0 --out $out/models
python -m rofi.front.choose --models $out/models
python -m rofi.front.evaluate --models $out/models
python -m rofi.front.evaluate --models $out/models --more --skip 40 --seed 23
