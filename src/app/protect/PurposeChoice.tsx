import { useTranslation } from 'react-i18next';
import { purposeNames, purposeOf, purposes, type PurposeSettings } from '../../state/purpose';
import { Choices } from '../components/Choices';

interface PurposeChoiceProps {
  readonly settings: PurposeSettings;
  readonly onChange: (settings: PurposeSettings) => void;
}

/** What the photo is for: how much of the eyes stays, in a patient's words. */
export function PurposeChoice({ settings, onChange }: PurposeChoiceProps) {
  const { t } = useTranslation();
  return (
    <Choices
      label={t('protect.purpose.title')}
      value={purposeOf(settings)}
      options={purposeNames.map((value) => ({
        value,
        label: t(`protect.purpose.${value}`),
        hint: t(`protect.purpose.${value}Text`),
      }))}
      onChange={(purpose) => onChange(purposes[purpose])}
    />
  );
}
