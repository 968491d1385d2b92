import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@/app/scheme';
import '@/ui/styles.css';
import '@/field/field.css';
import './open.css';
import { startFieldWords } from '@/field/words';
import { OpenPage } from './OpenPage';

const root = document.getElementById('root');
if (!root) throw new Error('open.html has no #root');
await startFieldWords();
createRoot(root).render(
  <StrictMode>
    <OpenPage />
  </StrictMode>,
);
