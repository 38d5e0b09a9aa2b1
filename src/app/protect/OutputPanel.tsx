import { useTranslation } from 'react-i18next';
import { useProtect, useVisitKey } from '../../state/page';
import { coversSomething } from '../../state/hiding';
import type { OutputOptions } from '../../engine/api';
import { Panel } from '../components/Panel';
import { Segmented } from '../components/Segmented';
import { Toggle } from '../components/Toggle';
import { useFormat } from '../use-format';
import styles from './Protect.module.css';

type Size = OutputOptions['size'];
const sizes: readonly Size[] = ['original', 2048, 1024];

/** What the saved file is like. */
export function OutputPanel() {
  const { t } = useTranslation();
  const format = useFormat();
  const { settings, inspection, source, change } = useProtect();
  const covers = useProtect(coversSomething);
  const visit = useVisitKey();
  const { output } = settings;
  const { dates = 'shifted' } = output;
  const longest = Math.max(inspection?.width ?? 0, inspection?.height ?? 0);
  const set = (changed: Partial<OutputOptions>): void => change({ output: { ...output, ...changed } });
  const offered = sizes.filter((size) => size === 'original' || size < longest);
  return (
    <Panel title={t('protect.output.title')}>
      <Segmented
        label={t('protect.surroundings.title')}
        value={settings.surroundings}
        options={(['everything', 'people', 'faces'] as const).map((value) => ({
          value,
          label: t(`protect.surroundings.${value}`),
        }))}
        onChange={(surroundings) => change({ surroundings })}
      />
      <p className={styles.small}>{t(`protect.surroundings.${settings.surroundings}Hint`)}</p>
      <Segmented
        label={t('protect.output.format')}
        value={output.format}
        options={[
          { value: 'png', label: 'PNG' },
          { value: 'jpeg', label: 'JPEG' },
          ...(inspection?.format === 'dicom' ? [{ value: 'dicom', label: 'DICOM' } as const] : []),
        ]}
        onChange={(value) => set({ format: value })}
      />
      <p className={styles.small}>{t(`protect.output.${output.format}Hint`)}</p>
      {output.format === 'dicom' && (
        <>
          <Segmented
            label={t('protect.output.dates')}
            value={dates}
            options={[
              { value: 'shifted', label: t('protect.output.datesShifted') },
              { value: 'kept', label: t('protect.output.datesKept') },
            ]}
            onChange={(value) => set({ dates: value })}
          />
          <p className={styles.small}>
            {t(`protect.output.dates${dates === 'kept' ? 'Kept' : 'Shifted'}Hint`)}
          </p>
        </>
      )}
      {offered.length > 1 && (
        <Segmented
          label={t('protect.output.size')}
          value={String(output.size)}
          options={offered.map((size) => ({
            value: String(size),
            label:
              size === 'original'
                ? t('protect.output.sizeOriginal', { pixels: format.number(longest) })
                : t('protect.output.sizePixels', { pixels: format.number(size) }),
          }))}
          onChange={(value) => set({ size: sizes.find((size) => String(size) === value) ?? 'original' })}
        />
      )}
      <Toggle
        label={t('protect.output.seal')}
        hint={
          output.sealOriginal
            ? t('protect.output.sealHint', { size: format.bytes(source?.bytes.length ?? 0) })
            : t(
                covers || settings.surroundings !== 'everything'
                  ? 'protect.output.sealOffCovered'
                  : 'protect.output.sealOff',
              )
        }
        selected={output.sealOriginal}
        onChange={(sealOriginal) => set({ sealOriginal })}
      />
      {visit.key && <p className={styles.small}>{t('protect.key.reuseHint', { id: visit.key.id })}</p>}
    </Panel>
  );
}
