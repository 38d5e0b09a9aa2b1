import { useTranslation } from 'react-i18next';
import { useRestore } from '../../state/page';
import type { RestoreResult as Result } from '../../engine/api';
import { BeforeAfter } from '../components/BeforeAfter';
import { Button } from '../components/Button';
import { Facts, type Fact } from '../components/Facts';
import { JobTitle } from '../components/JobTitle';
import { Notice } from '../components/Notice';
import { Panel } from '../components/Panel';
import { PixelCanvas } from '../components/PixelCanvas';
import { saveFile } from '../save-file';
import { useFormat } from '../use-format';
import columns from '../protect/Protect.module.css';
import styles from './RestoreResult.module.css';

/** The restored photo, and plainly what it is: exact, rebuilt, or nobody. */
export function RestoreResult({ result }: { readonly result: Result }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { reset } = useRestore();
  const kind = result.keyFits === 'nothing' ? 'virtual' : result.method;
  const foreign = kind === 'exact' && result.pixelsChanged === true;
  const words = foreign ? (result.samePicture ? 'edited' : 'foreign') : kind;
  const { preview, protectedPreview } = result;
  const sameSize =
    preview !== null &&
    preview.width === protectedPreview?.width &&
    preview.height === protectedPreview.height;
  return (
    <>
      <div className={columns.head}>
        <JobTitle>{t('restore.screen')}</JobTitle>
        <Button variant="quiet" onPress={reset}>
          {t('restore.another')}
        </Button>
      </div>
      <div className={columns.columns}>
        <div className={columns.photo}>
          {sameSize ? (
            <BeforeAfter
              before={<PixelCanvas pixels={protectedPreview} label={t('common.protected')} />}
              after={<PixelCanvas pixels={preview} label={t('common.restored')} />}
              ratio={preview.width / preview.height}
              beforeLabel={t('common.protected')}
              afterLabel={t(kind === 'exact' ? 'common.original' : 'common.restored')}
            />
          ) : preview ? (
            <PixelCanvas pixels={preview} label={t('common.restored')} className={styles.alone} />
          ) : (
            <Notice tone="info" title={t('restore.unseen.title')}>
              <p>{t('restore.unseen.text', { name: result.file.name })}</p>
            </Notice>
          )}
        </div>
        <div className={columns.side}>
          <Notice
            tone={kind === 'exact' && !foreign ? 'good' : 'warning'}
            title={`${t(`restore.${words}.badge`)}: ${t(`restore.${words}.title`)}`}
            announce
          >
            <p>{t(`restore.${words}.text`)}</p>
            {result.facesLeft > 0 && <p>{t('restore.neural.left', { count: result.facesLeft })}</p>}
          </Notice>
          <div>
            <Button
              variant="primary"
              icon="save"
              onPress={() => saveFile(result.file.name, result.file.bytes, result.mime)}
            >
              {t('restore.save')}
            </Button>
            <p className={columns.small}>
              {t('result.save.photoHint', {
                name: result.file.name,
                size: format.bytes(result.file.bytes.length),
              })}
            </p>
          </div>
          <Integrity result={result} />
        </div>
      </div>
    </>
  );
}

function Integrity({ result }: { readonly result: Result }) {
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

function pixelsText({ pixelsChanged }: Result) {
  if (pixelsChanged === null) return 'pixelsUnknown' as const;
  return pixelsChanged ? ('pixelsChanged' as const) : ('pixelsSame' as const);
}
