import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProtectResult } from '../../engine/api';
import type { LinkedClinic } from '../../state/clinic-link';
import { packForClinic } from '../../state/clinic-package';
import { useProtect } from '../../state/page';
import { toProblem, type Problem } from '../../state/problem';
import type { PrivacyKey } from '../../record/types';
import { Button } from '../components/Button';
import { saveFile } from '../save-file';
import { canShare, shareFile } from '../share-file';

interface PackageButtonsProps {
  readonly result: ProtectResult;
  readonly privacyKey: PrivacyKey;
  readonly clinic: LinkedClinic;
  readonly onProblem: (problem: Problem | null) => void;
}

const zipType = 'application/zip';

/** Photo and key in one file for the clinic of the link, to send or to save. */
export function PackageButtons({ result, privacyKey, clinic, onProblem }: PackageButtonsProps) {
  const { t } = useTranslation();
  const { photoSaved, markPhotoSaved } = useProtect();
  const [packing, setPacking] = useState(false);
  const shares = canShare('package.zip', zipType);
  const variant = photoSaved ? 'secondary' : 'primary';

  async function pack(share: boolean): Promise<void> {
    setPacking(true);
    onProblem(null);
    try {
      const { name, blob } = await packForClinic(result.file, result.mime, privacyKey, clinic);
      if (!share) saveFile(name, blob, zipType);
      if (!share || (await shareFile(name, blob, zipType))) markPhotoSaved(share);
    } catch (error) {
      onProblem(toProblem(error));
    }
    setPacking(false);
  }

  return (
    <>
      {shares && (
        <Button variant={variant} icon="send" isDisabled={packing} onPress={() => void pack(true)}>
          {t('clinicLink.sendPackage')}
        </Button>
      )}
      <Button
        variant={shares ? 'secondary' : variant}
        icon="clinic"
        isDisabled={packing}
        onPress={() => void pack(false)}
      >
        {t(packing ? 'clinicLink.packing' : 'clinicLink.savePackage')}
      </Button>
    </>
  );
}
