import { expect, it } from 'vitest';
import type { DownloadProgress } from '../api';
import { paced } from './paced';

it('passes progress on ten times a second, and the end of every file', () => {
  let time = 0;
  const heard: string[] = [];
  const tell = paced(
    ({ model, receivedBytes }: DownloadProgress) => heard.push(`${model} ${receivedBytes}`),
    () => time,
  );
  for (const model of ['a', 'b']) {
    for (let receivedBytes = 1; receivedBytes <= 25; receivedBytes++, time += 10)
      tell({ model, receivedBytes, totalBytes: 25 });
  }
  expect(heard).toEqual(['a 1', 'a 11', 'a 21', 'a 25', 'b 10', 'b 20', 'b 25']);
});
