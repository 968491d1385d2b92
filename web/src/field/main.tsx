import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@/app/scheme';
import '@/ui/styles.css';
import './field.css';
import { FieldApp } from './FieldApp';
import { startFieldWords } from './words';

const root = document.getElementById('root');
if (!root) throw new Error('field.html has no #root');
await startFieldWords();
createRoot(root).render(
  <StrictMode>
    <FieldApp />
  </StrictMode>,
);
