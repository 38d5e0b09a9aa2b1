import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProtectResult } from '../../engine/api';
import { sha256, toHex } from '../../bytes';
import { Facts } from '../components/Facts';
import { restoreAddress } from '../route';
import { useFormat } from '../use-format';
import { CheckList } from './CheckList';
import { checksOf } from './checks';
import styles from './ProofSheet.module.css';

interface ProofSheetProps {
  readonly result: ProtectResult;
  /** How many of those who were found are left as they are. */
  readonly leftOut: number;
}

/** On paper alone: which file it is, what was checked of it, which key opens it, and where. */
export function ProofSheet({ result, leftOut }: ProofSheetProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const id = useId();
  const [made] = useState(() => new Date());
  const [digest, setDigest] = useState('');
  const { file, keyId, proof } = result;

  useEffect(() => {
    let shown = true;
    void sha256(file.bytes).then((bytes) => {
      if (shown) setDigest(toHex(bytes));
    });
    return () => {
      shown = false;
    };
  }, [file]);

  const facts = [
    { name: t('proofSheet.file'), text: `${file.name}, ${format.bytes(file.bytes.length)}`, mono: true },
    { name: t('proofSheet.sha256'), text: digest, mono: true },
    { name: t('proofSheet.key'), text: keyId, mono: true },
    { name: t('proofSheet.made'), text: format.date(made) },
    { name: t('proofSheet.page'), text: restoreAddress(), mono: true },
    { name: t('proofSheet.program'), text: `ROFI ${import.meta.env.PROGRAM_VERSION}` },
  ];
  return (
    <section className={styles.sheet} aria-labelledby={id}>
      <h2 id={id}>{t('proofSheet.title')}</h2>
      <CheckList checks={checksOf(proof)} people={proof.faces.length} />
      {leftOut > 0 && <p>{t('result.others', { count: leftOut })}</p>}
      <p>{t(`result.proof.limits.${proof.surroundings}`)}</p>
      <Facts facts={facts} />
    </section>
  );
}
