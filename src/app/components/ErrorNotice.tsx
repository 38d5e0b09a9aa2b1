import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../state/problem';
import { sentenceValues } from '../sentence-values';
import { Notice } from './Notice';

/** What happened and what to do next, in the person's language. */
export function ErrorNotice({
  problem,
  actions,
}: {
  readonly problem: Problem;
  readonly actions?: ReactNode;
}) {
  const { t } = useTranslation();
  const values = sentenceValues(problem);
  return (
    <Notice tone="danger" title={t(`errors.${problem.code}.title`, values)} actions={actions} announce>
      <p>{t(`errors.${problem.code}.text`, values)}</p>
    </Notice>
  );
}
