import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../state/problem';
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
  // Which values a sentence takes is known to whoever throws the code, not to the compiler.
  const say = t as (key: string, values: Problem['values']) => string;
  return (
    <Notice
      tone="danger"
      title={say(`errors.${problem.code}.title`, problem.values)}
      actions={actions}
      announce
    >
      <p>{say(`errors.${problem.code}.text`, problem.values)}</p>
    </Notice>
  );
}
