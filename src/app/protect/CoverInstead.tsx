import { useTranslation } from 'react-i18next';
import type { Proof } from '../../engine/api';
import { useProtect } from '../../state/page';
import { Button } from '../components/Button';
import styles from './Protect.module.css';

/** Where a drawn face does not hide who it is, or came out wrong, it may be covered in its place. */
export function CoverInstead({ proof }: { readonly proof: Proof }) {
  const { t } = useTranslation();
  const { cover, protect } = useProtect();
  const named = new Set(proof.findings.map(({ face }) => face));
  const faces = proof.faces.filter(
    ({ id, method }) => method === 'replaced' && (proof.verdict === 'recognised' || named.has(id)),
  );
  if (faces.length === 0) return null;
  return (
    <div className="no-print">
      <Button
        onPress={() => {
          faces.forEach(({ id }) => cover(id, true));
          void protect();
        }}
      >
        {t('result.coverInstead')}
      </Button>
      <p className={styles.small}>{t('result.coverInsteadHint')}</p>
    </div>
  );
}
