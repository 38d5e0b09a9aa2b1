import { useTranslation } from 'react-i18next';
import styles from './HowItLooks.module.css';

/** The idea as a line drawing: two different faces with the same eyes, and the key between them. */
export function HowItLooks() {
  const { t } = useTranslation();
  return (
    <svg className={styles.figure} viewBox="0 0 340 132" role="img" aria-label={t('protect.welcome.figure')}>
      <g className={styles.face}>
        <path d="M34 52c0-25 12-40 32-40s32 15 32 40c0 32-14 62-32 62S34 84 34 52Z" />
        <path d="M34 50c4-14 14-22 32-24 18 2 28 10 32 24M66 62v16l-5 3M56 94c6 4 14 4 20 0M30 56c-4 4-2 14 5 18M102 56c4 4 2 14-5 18" />
      </g>
      <g className={styles.face}>
        <path d="M236 58c0-28 14-44 38-44s38 16 38 44c0 26-18 54-38 54s-38-28-38-54Z" />
        <path d="M234 60c2-26 10-30 28-32 14 12 36 8 50 30M274 64v13l6 4M263 91c7 3 15 3 22 0" />
      </g>
      <Eyes x={66} />
      <Eyes x={274} />
      <g className={styles.way}>
        <path d="M124 46h86m-8-7 8 7-8 7M216 88h-86m8-7-8 7 8 7" />
      </g>
      <g className={styles.key}>
        <circle cx="158" cy="67" r="8" />
        <path d="M166 67h24v7m-8-7v5" />
      </g>
    </svg>
  );
}

function Eyes({ x }: { readonly x: number }) {
  return (
    <g className={styles.eyes}>
      {[x - 14, x + 14].map((centre) => (
        <g key={centre}>
          <path d={`M${centre - 9} 54q9-10 18 0q-9 9-18 0Z`} />
          <circle cx={centre} cy="53.5" r="2.6" />
        </g>
      ))}
    </g>
  );
}
