import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Pixels } from '../../engine/types';
import { restoredEntry } from '../../state/contents';
import { engine, useCompare, useRestore } from '../../state/page';
import { fileOf, isPerson, sourceOf, type Restored } from '../../state/restore-photo';
import { readSource } from '../../state/source';
import { Button } from '../components/Button';
import { Facts, type Fact } from '../components/Facts';
import { JobTitle } from '../components/JobTitle';
import { Notice } from '../components/Notice';
import { Panel } from '../components/Panel';
import type { ViewerPicture } from '../components/viewer/picture';
import { Viewer } from '../components/viewer/Viewer';
import { goTo } from '../route';
import { SaveContents } from '../SaveContents';
import { saveFile } from '../save-file';
import { useFormat } from '../use-format';
import layout from '../styles/layout.module.css';
import texts from '../styles/text.module.css';
import { kindOf, type Kind } from './kind';

interface RestoreResultProps {
  /** The protected photo. */
  readonly file: File;
  readonly result: Restored;
  /** Back to the list; null where there is one photo only. */
  readonly onBack: (() => void) | null;
}

const labels = {
  checking: 'common.original',
  unchecked: 'common.original',
  exact: 'common.original',
  edited: 'common.original',
  foreign: 'common.original',
  neural: 'restore.tag.rebuilt',
  virtual: 'restore.tag.nobody',
} as const satisfies Record<Kind, string>;

const tones = {
  checking: 'info',
  unchecked: 'warning',
  exact: 'good',
  edited: 'warning',
  foreign: 'warning',
  neural: 'warning',
  virtual: 'warning',
} as const satisfies Record<Kind, string>;

/** Pictures of one place have one shape, whatever their sizes. */
const SAME_SHAPE = 0.005;

/** What came back, and plainly what it is: exact, rebuilt, or nobody. */
export function RestoreResult({ file, result, onBack }: RestoreResultProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { reset } = useRestore();
  const addVisit = useCompare((compare) => compare.add);
  const kind = kindOf(result);
  const person = isPerson(result);
  const save = (): void => saveFile(result.name, result.blob, result.mime);
  return (
    <>
      <div className={layout.head}>
        <JobTitle>{t(`restore.${kind}.heading`)}</JobTitle>
        {onBack && (
          <Button variant="quiet" onPress={onBack}>
            {t('restore.list.back')}
          </Button>
        )}
        <Button variant="quiet" onPress={reset}>
          {t('restore.another')}
        </Button>
      </div>
      <div className={layout.columns}>
        <div className={layout.photo}>
          <Pictures file={file} result={result} kind={kind} />
        </div>
        <div className={layout.side}>
          <Notice tone={tones[kind]} title={t(`restore.${kind}.title`)} announce>
            <p>{t(`restore.${kind}.text`)}</p>
            {result.facesLeft > 0 && <p>{t('restore.neural.left', { count: result.facesLeft })}</p>}
          </Notice>
          <div>
            <Button variant={person ? 'primary' : 'secondary'} icon="save" onPress={save}>
              {t(`restore.save.${kind}`)}
            </Button>
            <p className={texts.small}>
              {t('result.save.photoHint', { name: result.name, size: format.bytes(result.blob.size) })}
            </p>
          </div>
          {person && (
            <div>
              <Button
                icon="compare"
                onPress={() => {
                  void addVisit([fileOf(result)]);
                  goTo('compare');
                }}
              >
                {t('restore.compare')}
              </Button>
            </div>
          )}
          <Integrity result={result} />
          {person && (
            <SaveContents entry={() => restoredEntry(result, file)} disabled={kind === 'checking'} />
          )}
        </div>
      </div>
    </>
  );
}

/** The restored picture over the protected one, where both show one place. */
function Pictures({ file, result, kind }: Omit<RestoreResultProps, 'onBack'> & { readonly kind: Kind }) {
  const { t } = useTranslation();
  const { preview, shape } = result;
  const frame = useMemo(
    () => ({ width: 1, height: preview ? 1 / ratioOf(preview) : 1 / shape }),
    [preview, shape],
  );
  const [after, before] = useMemo((): readonly [ViewerPicture | null, ViewerPicture | undefined] => {
    const { preview, check } = result;
    const shown = check?.protectedPreview;
    const same = check === undefined || (preview && shown && isOneShape(preview, shown));
    return [
      preview === null
        ? null
        : {
            label: t(labels[kind]),
            preview: preview ?? null,
            full: async () => engine.picture(await sourceOf(result)),
          },
      same
        ? {
            label: t('common.protected'),
            preview: shown ?? null,
            full: async () => engine.picture(await readSource(file, 'protected')),
          }
        : undefined,
    ];
  }, [t, kind, result, file]);
  if (!after) {
    return (
      <Notice tone="info" title={t('restore.unseen.title')}>
        <p>{t('restore.unseen.text', { name: result.name })}</p>
      </Notice>
    );
  }
  return <Viewer before={before} after={after} frame={frame} eyes={result.eyes} uncovered={0} />;
}

function isOneShape(one: Pixels, other: Pixels): boolean {
  return Math.abs(ratioOf(one) / ratioOf(other) - 1) < SAME_SHAPE;
}

function ratioOf({ width, height }: Pixels): number {
  return width / height;
}

function Integrity({ result }: { readonly result: Restored }) {
  const { t } = useTranslation();
  const facts: Fact[] = [
    {
      name: t('restore.integrity.seal'),
      text: t(result.method === 'exact' ? 'restore.integrity.sealIntact' : 'restore.integrity.sealNone'),
    },
    { name: t('restore.integrity.key'), text: t(`restore.integrity.keyFits.${result.keyFits}`) },
    { name: t('restore.integrity.pixels'), text: t(`restore.integrity.${pixelsText(result)}`) },
  ];
  if (result.sha256) facts.push({ name: t('restore.exact.sha'), text: result.sha256, mono: true });
  return (
    <Panel title={t('restore.integrity.title')}>
      <Facts facts={facts} />
    </Panel>
  );
}

function pixelsText({ check }: Restored) {
  if (!check) return check === undefined ? ('pixelsChecking' as const) : ('pixelsUnchecked' as const);
  const { pixelsChanged } = check;
  if (pixelsChanged === null) return 'pixelsUnknown' as const;
  return pixelsChanged ? ('pixelsChanged' as const) : ('pixelsSame' as const);
}
