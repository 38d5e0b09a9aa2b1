import { useTranslation } from 'react-i18next';
import { useClinicLink, useProtect } from '../state/page';
import { wayOut } from './protect/way-out';
import type { Route } from './route';

/** What the tab is called: the screen, and on the way to a protected photo where it stands. */
export function useScreenTitle(route: Route): string {
  const { t } = useTranslation();
  const stage = useProtect((state) => state.stage);
  const verdict = useProtect((state) => state.protection?.result.proof.verdict);
  const asPackage = useClinicLink((link) => link.accepted !== null);
  const way = useProtect((state) => wayOut(state, asPackage));
  const screen =
    route === 'not-found'
      ? t('app.notFound.title')
      : route === 'camera' || route === 'stand'
        ? t(`app.${route}`)
        : route !== 'protect' || stage === 'empty' || stage === 'ready'
          ? t(`app.nav.${route}`)
          : stage === 'opening'
            ? t('protect.inspecting')
            : stage === 'protecting'
              ? t('protect.running')
              : stage === 'sent'
                ? t(`send.title.${way}`)
                : t(`result.verdict.${verdict ?? 'doubtful'}.title`);
  return t('app.title', { screen });
}
