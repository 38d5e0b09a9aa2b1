/**
 * What others make of the files written here: Debian's `dicom3tools` (dciodvfy), `dcmtk` and `orthanc`, Python's pydicom,
 * and dcmjs, which is always there. What is not installed is skipped, and says so.
 */
import { data as dcmjs } from 'dcmjs';
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKey } from '../record/key';
import { openRecord, sealRecord } from '../record/record';
import { JPEG } from '../record/testing';
import { describePhoto, readFrame } from './frames';
import { withdrawClaims, writeProtected } from './protected-file';
import { readDicom } from './read';
import { recordIn } from './record-element';
import { TAG } from './tags';
import { PRIVATE_WORDS, patientPhoto } from './testing';
import { text } from './values';

const PYTHON = process.env['PYDICOM_PYTHON'] ?? 'python3';
const has = (command: string, ...args: readonly string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0;
/** The name of a group of tests, with the reason why it is skipped where it is. */
function needs(name: string, what: string, there: boolean): readonly [name: string, skipped: boolean] {
  if (!there) console.warn(`${name}: skipped, for ${what} is not installed`);
  return [there ? name : `${name} (skipped: ${what} is not installed)`, !there];
}

const [width, height] = [16, 8];
const RGB = Uint8Array.from({ length: 3 * width * height }, (_, i) => (i * 37) % 256);
const KEY = createKey();
const original = patientPhoto({ width, height, photometric: 'RGB', pixels: RGB });
const details = {
  image: { width, height, sha256: 'a'.repeat(64) },
  faces: [{ transform: { a: 1, b: 0, tx: 120, ty: 124 } }],
  signThreshold: 0.5,
  options: { keepBothEyes: true },
  models: {},
};

let folder: string;
let record: Uint8Array;
/** As it is written for what came as it is and as JPEG, with dates kept and moved, and without its claims. */
let files: Readonly<Record<string, Uint8Array>>;
const path = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rofi-dicom-'));
  record = await sealRecord(KEY, details, { name: 'IM0001', bytes: original });
  const picture = { width, height, bytes: RGB, sha256: 'aa', profile: new Uint8Array(128) };
  const protection = { key: KEY, frame: 0, changes: ['replaced'], everybody: true, record } as const;
  const native = await writeProtected(original, picture, { ...protection, dates: 'shifted' });
  const kept = await writeProtected(original, { ...picture, sha256: 'bb' }, { ...protection, dates: 'kept' });
  const jpeg = { ...picture, ...sizeOf(JPEG), bytes: JPEG, sha256: 'cc' };
  const encapsulated = await writeProtected(original, jpeg, { ...protection, dates: 'shifted' });
  files = { native, kept, jpeg: encapsulated, withdrawn: withdrawClaims(native) };
  for (const [name, bytes] of Object.entries(files)) writeFileSync(path(`${name}.dcm`), bytes);
  writeFileSync(path('original.dcm'), original);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function sizeOf(jpeg: Uint8Array): { width: number; height: number } {
  const at = jpeg.findIndex(
    (byte, i) => byte === 0xff && (jpeg[i + 1] ?? 0) >= 0xc0 && (jpeg[i + 1] ?? 0) <= 0xc2,
  );
  return {
    height: (jpeg[at + 5] ?? 0) * 256 + (jpeg[at + 6] ?? 0),
    width: (jpeg[at + 7] ?? 0) * 256 + (jpeg[at + 8] ?? 0),
  };
}

describe('dcmjs', () => {
  it('reads the same values and pixels', () => {
    for (const bytes of Object.values(files)) {
      const { dict } = dcmjs.DicomMessage.readFile(new Uint8Array(bytes).buffer);
      const { dataSet } = readDicom(bytes);
      expect(Object.keys(dict)).toHaveLength(dataSet.size);
      for (const tag of [TAG.sopInstance, TAG.study, TAG.patientId, TAG.recognisable, TAG.photometric]) {
        expect(dict[hex(tag)]?.Value[0]).toBe(text(dataSet, tag));
      }
    }
    const { dict } = dcmjs.DicomMessage.readFile(new Uint8Array(files['native']!).buffer);
    expect(new Uint8Array(dict[hex(TAG.pixels)]?.Value[0] as ArrayBuffer)).toEqual(RGB);
  });

  it('writes what is read here', () => {
    const message = dcmjs.DicomMessage.readFile(new Uint8Array(files['native']!).buffer);
    const again = new Uint8Array(message.write());
    expect(text(readDicom(again).dataSet, TAG.study)).toBe(
      text(readDicom(files['native']!).dataSet, TAG.study),
    );
    expect(recordIn(again)).toEqual(record);
  });
});

const hex = (tag: number): string => tag.toString(16).padStart(8, '0').toUpperCase();

const [validator, noValidator] = needs('dciodvfy', 'Debian’s dicom3tools', has('dciodvfy', '-version'));
describe.skipIf(noValidator)(validator, () => {
  it('finds no error in any of them', () => {
    for (const name of Object.keys(files)) {
      const { stderr } = spawnSync('dciodvfy', [path(`${name}.dcm`)], { encoding: 'utf8' });
      expect(stderr, name).toContain('VLPhotographicImage');
      expect(stderr, name).not.toMatch(/^Error/m);
    }
  });
});

const [python, noPython] = needs('pydicom', 'pydicom', has(PYTHON, '-c', 'import pydicom'));
describe.skipIf(noPython)(python, () => {
  it('reads the same values, pixels and record', () => {
    const script = `
import json, sys, hashlib, pydicom
out = {}
for name in sys.argv[2:]:
    file = pydicom.dcmread(f"{sys.argv[1]}/{name}.dcm")
    block = file.private_block(0x0071, "ROFI")
    out[name] = [str(file.SOPInstanceUID), str(file.PatientIdentityRemoved), file.Rows, file.Columns,
                 [item.CodeValue for item in file.get("DeidentificationMethodCodeSequence", [])],
                 hashlib.sha256(block[1].value[:block[2].value]).hexdigest(),
                 hashlib.sha256(file.PixelData).hexdigest(), str(file)]
print(json.dumps(out))`;
    const names = Object.keys(files);
    const read = JSON.parse(
      execFileSync(PYTHON, ['-c', script, folder, ...names], { encoding: 'utf8' }),
    ) as Record<string, readonly unknown[]>;
    const digest = (bytes: Uint8Array): string =>
      execFileSync('sha256sum', { input: bytes, encoding: 'utf8' }).slice(0, 64);
    for (const [name, bytes] of Object.entries(files)) {
      const { dataSet } = readDicom(bytes);
      const [uid, removed, rows, columns, methods, recordDigest, pixelDigest, all] = read[name]!;
      expect(uid).toBe(text(dataSet, TAG.sopInstance));
      expect(removed).toBe(name === 'withdrawn' ? 'NO' : 'YES');
      const { width: across, height: down } = describePhoto(readDicom(bytes));
      expect([rows, columns]).toEqual([down, across]);
      const dates = name === 'kept' ? '113106' : '113107';
      expect(methods).toEqual(name === 'withdrawn' ? [] : ['113100', '113102', dates]);
      expect(recordDigest).toBe(digest(record));
      if (name !== 'jpeg') expect(pixelDigest).toBe(digest(RGB));
      for (const word of PRIVATE_WORDS) expect(all).not.toContain(word);
    }
  });
});

const [toolkit, noToolkit] = needs('dcmtk', 'Debian’s dcmtk', has('dcmconv', '--version'));
describe.skipIf(noToolkit)(toolkit, () => {
  const shown = (name: string): Uint8Array => {
    const file = readDicom(readFileSync(path(name)));
    const frame = readFrame(file, describePhoto(file), 0);
    if (frame.kind !== 'pixels') throw new TypeError('encapsulated');
    return Uint8Array.from(frame.data.filter((_, i) => i % 4 !== 3));
  };

  it.each([
    ['implicit', '+ti'],
    ['sequences without lengths', '-e'],
    ['group lengths', '+g'],
    ['padding', '+p', '512', '64'],
  ])('writes %s, and it is read here', (name, ...options) => {
    execFileSync('dcmconv', [...options, path('native.dcm'), path(`${name}.dcm`)]);
    expect(shown(`${name}.dcm`)).toEqual(RGB);
    expect(Buffer.compare(recordIn(readFileSync(path(`${name}.dcm`))), record)).toBe(0);
  });

  it('names what is not read', () => {
    execFileSync('dcmconv', ['+tb', path('native.dcm'), path('big.dcm')]);
    expect(() => shown('big.dcm')).toThrow(expect.objectContaining({ code: 'dicom-coding' }));
    execFileSync('dcmcrle', [path('native.dcm'), path('rle.dcm')]);
    expect(() => shown('rle.dcm')).toThrow(expect.objectContaining({ values: { coding: 'RLE' } }));
  });

  it('makes palettes that are read here', () => {
    execFileSync('dcmquant', ['+pc', '256', path('original.dcm'), path('palette.dcm')]);
    const differences = shown('palette.dcm').map((value, i) => Math.abs(value - RGB[i]!));
    expect(Math.max(...differences)).toBeLessThan(3);
  });
});

const [archive, noArchive] = needs(
  'Orthanc',
  'Debian’s orthanc and dcmtk',
  has('Orthanc', '--version') && has('storescu', '--version'),
);
describe.skipIf(noArchive)(archive, () => {
  let server: ChildProcess;
  let url: string;
  let port: number;

  beforeAll(async () => {
    const [http, dicom] = [await freePort(), await freePort()];
    [url, port] = [`http://127.0.0.1:${http}`, dicom];
    const configuration = {
      StorageDirectory: path('archive'),
      IndexDirectory: path('archive'),
      HttpPort: http,
      DicomPort: dicom,
      DicomAet: 'ARCHIVE',
      RemoteAccessAllowed: false,
      AuthenticationEnabled: false,
      HttpServerEnabled: true,
      DicomServerEnabled: true,
      Plugins: [],
    };
    writeFileSync(path('orthanc.json'), JSON.stringify(configuration));
    server = spawn('Orthanc', [path('orthanc.json')], { stdio: 'ignore' });
    for (let tries = 0; ; tries++) {
      if (
        await fetch(`${url}/system`).then(
          ({ ok }) => ok,
          () => false,
        )
      )
        break;
      if (tries > 300) throw new Error('Orthanc did not start');
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  });
  afterAll(() => server.kill());

  it('takes the files from storescu, shows them, and gives back what is restored byte for byte', async () => {
    const names = ['native', 'kept', 'jpeg'];
    // JPEG has to be proposed; the others are not compressed.
    execFileSync('storescu', [
      '-aec',
      'ARCHIVE',
      '127.0.0.1',
      String(port),
      path('native.dcm'),
      path('kept.dcm'),
    ]);
    execFileSync('storescu', ['-xy', '-aec', 'ARCHIVE', '127.0.0.1', String(port), path('jpeg.dcm')]);
    const instances = (await (await fetch(`${url}/instances`)).json()) as readonly string[];
    expect(instances).toHaveLength(names.length);
    // One patient, one study, one series: the key's names are consistent.
    for (const level of ['patients', 'studies', 'series']) {
      expect(await (await fetch(`${url}/${level}`)).json(), level).toHaveLength(1);
    }
    for (const instance of instances) {
      const preview = await fetch(`${url}/instances/${instance}/preview`);
      expect([preview.status, preview.headers.get('content-type')]).toEqual([200, 'image/png']);
      const fetched = new Uint8Array(await (await fetch(`${url}/instances/${instance}/file`)).arrayBuffer());
      const opened = await openRecord(recordIn(fetched), KEY);
      expect(Buffer.compare(opened.original.bytes, original)).toBe(0);
    }
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
