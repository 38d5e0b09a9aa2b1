import { useTranslation } from 'react-i18next';
import { useRestore } from '../../state/page';
import { standingOf, type RestorePhoto } from '../../state/restore-photo';
import { Button } from '../components/Button';
import { ErrorNotice } from '../components/ErrorNotice';
import { Notice } from '../components/Notice';

/** What stands between a photo and its restoration, and what can be done about it. Nothing where nothing has to be. */
export function Ways({ photo }: { readonly photo: RestorePhoto }) {
  const { t } = useTranslation();
  const { keys, restore, running } = useRestore();
  const rebuild = (
    <Button
      variant="primary"
      icon="restore"
      isDisabled={running}
      onPress={() => void restore(photo.id, { mode: 'neural', allowWrongKey: false })}
    >
      {t('restore.rebuild')}
    </Button>
  );
  const showStranger = (
    <Button
      isDisabled={running}
      onPress={() => void restore(photo.id, { mode: 'neural', allowWrongKey: true })}
    >
      {t('restore.showVirtual')}
    </Button>
  );
  switch (standingOf(photo, keys)) {
    case 'exact':
      return (
        <div>
          <Button
            variant="primary"
            icon="restore"
            isDisabled={running}
            onPress={() => void restore(photo.id, { mode: 'auto', allowWrongKey: false })}
          >
            {t('restore.run')}
          </Button>
        </div>
      );
    case 'pixels':
      return (
        <Notice tone="info" title={t('restore.slow.title')} actions={rebuild}>
          <p>{t('restore.slow.text')}</p>
        </Notice>
      );
    case 'other-key':
      return (
        <Notice tone="danger" title={t('errors.wrong-key.title')} actions={showStranger} announce>
          <p>{t('errors.wrong-key.text')}</p>
          <p>{t('restore.showVirtualHint')}</p>
        </Notice>
      );
    case 'failed': {
      if (!photo.problem) return null;
      const { code } = photo.problem;
      const nobody = code === 'wrong-key' || code === 'key-fits-nowhere';
      const broken = code === 'damaged-file' || code === 'pixels-only' || code === 'not-protected';
      const way = keys.length === 0 ? undefined : nobody ? showStranger : broken ? rebuild : undefined;
      return <ErrorNotice problem={photo.problem} actions={way ?? <TryAgain photo={photo} />} />;
    }
    default:
      return null;
  }
}

function TryAgain({ photo }: { readonly photo: RestorePhoto }) {
  const { t } = useTranslation();
  const { keys, restore, running } = useRestore();
  if (keys.length === 0 || photo.summary === null) return null;
  return (
    <Button
      isDisabled={running}
      onPress={() => void restore(photo.id, { mode: 'auto', allowWrongKey: false })}
    >
      {t('common.retry')}
    </Button>
  );
}
