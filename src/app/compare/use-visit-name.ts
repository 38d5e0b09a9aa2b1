import { useTranslation } from 'react-i18next';
import type { Visit } from '../../state/compare';
import { useCompare } from '../../state/page';

/** What a visit is called: as the person says, else by the day it was taken, else by its place in the list. */
export function useVisitName(): (visit: Visit) => string {
  const { t } = useTranslation();
  const visits = useCompare((compare) => compare.visits);
  return ({ id, label }) => {
    if (label !== '') return label;
    return t('compare.visit', { number: visits.findIndex((visit) => visit.id === id) + 1 });
  };
}
