#!/usr/bin/env bash
# Sign detector, its judge, and the network of age and sex on one machine with a GPU and some processors, all at once:
# processors draw faces while the GPU learns from those that are there. Usage: ./gpu.sh [MINUTES] [RUN_FOLDER]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
minutes=${1:-9}
run=$(realpath -m "${2:-runs/gpu}")
faces=$run/signs for_judge=$run/signs-judge
export PYTHONPATH=. OMP_NUM_THREADS=1
mkdir -p "$run"
trap 'kill $(jobs -p) 2>/dev/null || true' EXIT

python3 -c "from rofi.data import load; load('train')"
workers=$(($(nproc) > 5 ? $(nproc) - 4 : 1))
for worker in $(seq 0 $((workers - 1))); do
  nice -n 10 python3 -m rofi.signs.cache --out "$faces" --first $((worker * 50)) --shards 50 --faces 250 &
done
nice -n 10 python3 -m rofi.signs.cache --out "$for_judge" --first 950 --shards 50 --faces 250 &
until [ "$(find "$faces" "$for_judge" -name 'shard-???.npz' 2>/dev/null | wc -l)" -ge 12 ]; do sleep 1; done

python3 -m rofi.signs.judge --cache "$for_judge" --out "$run/judge.pt" --minutes "$minutes" --faces 128 &
judge=$!
python3 -m rofi.people.train_attributes --minutes "$minutes" --batch 192 --checkpoint "$run/attributes.pt" --models "$run" &
attributes=$!
python3 -m rofi.signs.train --cache "$faces" --run "$run/signs-both" --minutes "$minutes" --faces 48 --rate 6e-4
wait "$judge" "$attributes"
