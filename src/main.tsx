import './trusted-types';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { startI18n } from './app/i18n';
import { preloadScreens } from './app/screens';
import { useSettings } from './state/settings';
import './app/styles/tokens.css';
import './app/styles/base.css';

const root = document.getElementById('root');
if (root) {
  await startI18n(useSettings.getState().language);
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
  window.addEventListener('load', preloadScreens, { once: true });
  if (document.readyState === 'complete') preloadScreens();
}
