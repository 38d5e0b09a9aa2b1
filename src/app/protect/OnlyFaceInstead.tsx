import { useTranslation } from 'react-i18next';
import type { Proof } from '../../engine/api';
import { useProtect } from '../../state/page';
import { Button } from '../components/Button';
import styles from './Protect.module.css';

/** Where a person stays recognisable, hair and ears may go: recognisers go by them as well. */
export function OnlyFaceInstead({ proof }: { readonly proof: Proof }) {
  const { t } = useTranslation();
  const { change, protect } = useProtect();
  if (proof.surroundings === 'faces') return null;
  return (
    <div className="no-print">
      <Button
        variant="primary"
        onPress={() => {
          change({ surroundings: 'faces' });
          void protect();
        }}
      >
        {t('result.onlyFace')}
      </Button>
      <p className={styles.small}>{t('result.onlyFaceHint')}</p>
    </div>
  );
}
