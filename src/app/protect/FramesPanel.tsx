import { useTranslation } from 'react-i18next';
import { useProtect } from '../../state/page';
import { Button } from '../components/Button';
import { Panel } from '../components/Panel';
import { useFormat } from '../use-format';
import styles from './Protect.module.css';

/** Which picture of a file that holds several is shown, and the way to the others. */
export function FramesPanel() {
  const { t } = useTranslation();
  const format = useFormat();
  const { source, inspection, protection, openFrame } = useProtect();
  const count = inspection?.frames ?? 1;
  const frame = source?.frame ?? 0;
  // What was made and perhaps not saved yet must not go with its picture.
  if (count === 1 || protection) return null;
  return (
    <Panel title={t('protect.frames.title')}>
      <p className={styles.small}>
        {t('protect.frames.shown', { number: format.number(frame + 1), total: format.number(count) })}
      </p>
      <div className={styles.frames}>
        <Button isDisabled={frame === 0} onPress={() => void openFrame(frame - 1)}>
          {t('protect.frames.previous')}
        </Button>
        <Button isDisabled={frame + 1 >= count} onPress={() => void openFrame(frame + 1)}>
          {t('protect.frames.next')}
        </Button>
      </div>
    </Panel>
  );
}
